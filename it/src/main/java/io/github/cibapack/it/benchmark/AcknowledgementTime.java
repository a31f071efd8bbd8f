// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.time.Duration;

/**
 * How long an acknowledgement takes with a mail server that needs 500 ms for a message, compared
 * with a fast one, at a rate that the workers can send. Arguments: requests per second (default 8,
 * what four workers can do at 500 ms) and seconds to measure (default 60).
 */
public final class AcknowledgementTime {
    private static final String REALM = "benchmark";
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final int USERS = 200;
    private static final int WARM_UP_SECONDS = 30;
    private static final double LIMIT = 1.2;

    private final RelyingParty pump;
    private final int perSecond;

    private AcknowledgementTime(KeycloakServer server, int perSecond) {
        this.pump = RelyingParty.of(server, REALM, "gas-pump", "gas-pump-secret");
        this.perSecond = perSecond;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws InterruptedException {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                KeycloakServer server = Servers.start(ServerOptions.defaults())) {
            AdminApi.of(server).createRealm(realm(smtp).json());
            AcknowledgementTime benchmark = new AcknowledgementTime(server, perSecond);
            benchmark.measure(WARM_UP_SECONDS);
            // alternating, so that a machine that warms up or gets busy is fair to both
            Latencies fast = benchmark.measure(seconds / 2);
            smtp.thinkFor(SLOW);
            Latencies slow = benchmark.measure(seconds / 2);
            smtp.thinkFor(Duration.ZERO);
            fast = fast.and(benchmark.measure(seconds / 2));
            smtp.thinkFor(SLOW);
            slow = slow.and(benchmark.measure(seconds / 2));
            fast.print("fast");
            slow.print("slow");
            double ratio = slow.percentile(99) / fast.percentile(99);
            System.out.printf("p99 slow / fast: %.2f (wanted: at most %.1f)%n", ratio, LIMIT);
        }
    }

    private static RealmDocument realm(ScriptedSmtp smtp) {
        RealmDocument realm = RealmDocument.shipped().named(REALM);
        realm.mailTo("127.0.0.1", smtp.port());
        realm.json().put("eventsEnabled", false);
        for (int i = 0; i < USERS; i++) {
            realm.addUser("user-" + i);
        }
        return realm.relaxLimits();
    }

    private Latencies measure(int seconds) throws InterruptedException {
        return OpenLoop.run(
                perSecond,
                seconds,
                number -> pump.start("user-" + number % USERS, "benchmark").status() == 200);
    }
}
