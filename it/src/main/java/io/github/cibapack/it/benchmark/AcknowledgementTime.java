// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

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

    private final KeycloakServer server;
    private final RelyingParty pump;
    private final int perSecond;

    private AcknowledgementTime(KeycloakServer server, int perSecond) {
        this.server = server;
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
            long[] fast = benchmark.measure(seconds / 2);
            smtp.thinkFor(SLOW);
            long[] slow = benchmark.measure(seconds / 2);
            smtp.thinkFor(Duration.ZERO);
            fast = both(fast, benchmark.measure(seconds / 2));
            smtp.thinkFor(SLOW);
            slow = both(slow, benchmark.measure(seconds / 2));
            print("fast", fast);
            print("slow", slow);
            double ratio = (double) percentile(slow, 99) / percentile(fast, 99);
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
        return realm.component(
                "ciba-notification-policy",
                "name",
                "default",
                "quotaType",
                "realm",
                "total",
                "1000000",
                "clientShare",
                "99",
                "pendingPerUser",
                "50",
                "pendingPerClientAndUser",
                "50");
    }

    /** An open loop: the next request starts on time, however long the last one takes. */
    private long[] measure(int seconds) throws InterruptedException {
        int number = perSecond * seconds;
        long[] nanos = new long[number];
        AtomicInteger failures = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        long start = System.nanoTime();
        for (int i = 0; i < number; i++) {
            int index = i;
            long due = start + i * Duration.ofSeconds(1).toNanos() / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            threads.execute(
                    () -> {
                        Answer answer = pump.start("user-" + index % USERS, "benchmark");
                        nanos[index] = System.nanoTime() - due;
                        if (answer.status() != 200) {
                            failures.incrementAndGet();
                        }
                    });
        }
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES) || failures.get() > 0) {
            throw new IllegalStateException(
                    failures.get() + " requests failed; the server's log: " + server.logs());
        }
        return nanos;
    }

    private static long[] both(long[] one, long[] other) {
        long[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static void print(String name, long[] nanos) {
        System.out.printf(
                "%s: %d requests, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                name,
                nanos.length,
                millis(percentile(nanos, 50)),
                millis(percentile(nanos, 95)),
                millis(percentile(nanos, 99)));
    }

    private static long percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
