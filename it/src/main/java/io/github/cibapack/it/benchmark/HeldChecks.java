// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.PasswordLogin;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What other requests notice of gateways' checks that are held: the time of {@code GET
 * /realms/{realm}} without any, with many, and without any again, and the server's threads.
 * Arguments: checks to hold (default 2000), requests per second (default 100) and seconds to
 * measure (default 30).
 */
public final class HeldChecks {
    private static final String REALM = "benchmark";
    private static final String SECRET = "secret-of-the-benchmark";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(290);
    private static final int PER_USER = 40;
    private static final int STARTS_PER_SECOND = 50;
    private static final int WARM_UP_SECONDS = 30;
    private static final int APPROVED = 20;
    private static final double LIMIT = 2;

    private final KeycloakServer server;
    private final int perSecond;

    /** A connection for each, as gateways do it; HTTP/2 would have one with a hundred at most. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();

    private HeldChecks(KeycloakServer server, int perSecond) {
        this.server = server;
        this.perSecond = perSecond;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        int checks = argument(arguments, 0, 2000);
        int perSecond = argument(arguments, 1, 100);
        int seconds = argument(arguments, 2, 30);
        try (Mailbox mailbox = Mailbox.start();
                KeycloakServer server = Servers.start(ServerOptions.defaults())) {
            AdminApi.of(server).createRealm(realm(mailbox, users(checks)).json());
            HeldChecks benchmark = new HeldChecks(server, perSecond);
            benchmark.measure(WARM_UP_SECONDS);
            // before and after, so that a machine that warms up or gets busy is fair to both
            Latencies none = benchmark.measure(seconds / 2);
            double threads = benchmark.meter("jvm_threads_live_threads");
            benchmark.hold(checks);
            System.out.printf(
                    "threads: %.0f without, %.0f with %.0f held checks%n",
                    threads,
                    benchmark.meter("jvm_threads_live_threads"),
                    benchmark.meter("ciba_gateway_waiting"));
            Latencies many = benchmark.measure(seconds);
            benchmark.approveSome(mailbox);
            benchmark.letGo();
            none = none.and(benchmark.measure(seconds / 2));
            none.print("none held");
            many.print(checks + " held");
            double ratio = many.percentile(99) / none.percentile(99);
            System.out.printf("p99 held / none: %.2f (wanted: at most %.1f)%n", ratio, LIMIT);
        }
    }

    private static int argument(String[] arguments, int index, int usual) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : usual;
    }

    private static int users(int checks) {
        return (checks + PER_USER - 1) / PER_USER;
    }

    private static RealmDocument realm(Mailbox mailbox, int users) {
        RealmDocument realm = RealmDocument.shipped().named(REALM);
        realm.mailTo("127.0.0.1", mailbox.port());
        realm.json().put("eventsEnabled", false);
        realm.json().put("accessTokenLifespan", 3600);
        realm.attribute("cibaExpiresIn", "600");
        ObjectNode app = realm.addClient("app", SECRET);
        app.put("directAccessGrantsEnabled", true);
        for (int i = 0; i < users; i++) {
            realm.addUser("user-" + i);
        }
        realm.component(
                "ciba-one-time-rule",
                "name",
                "held",
                "clientId",
                "gas-pump",
                "gatewaySecret",
                SECRET,
                "mode",
                "hold",
                "holdSeconds",
                "300");
        return realm.relaxLimits();
    }

    private Latencies measure(int seconds) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.url("/realms/" + REALM)).timeout(TIME_LIMIT).build();
        return OpenLoop.run(
                perSecond, seconds, number -> RelyingParty.exchange(request).status() == 200);
    }

    private void hold(int checks) throws InterruptedException {
        List<String> tokens = new ArrayList<>();
        PasswordLogin app = new PasswordLogin(server.url("/realms/" + REALM), "app", SECRET);
        for (int i = 0; i < users(checks); i++) {
            tokens.add(app.tokenOf("user-" + i, "alice-password"));
        }
        long start = System.nanoTime();
        for (int i = 0; i < checks; i++) {
            LockSupport.parkNanos(
                    start
                            + i * Duration.ofSeconds(1).toNanos() / STARTS_PER_SECOND
                            - System.nanoTime());
            HttpRequest check =
                    HttpRequest.newBuilder(
                                    server.url("/realms/" + REALM + "/one-time-authorization/held"))
                            .timeout(TIME_LIMIT)
                            .header("X-Gateway-Secret", SECRET)
                            .header("X-Forwarded-Method", "POST")
                            .header("X-Forwarded-Proto", "https")
                            .header("X-Forwarded-Host", "api.example")
                            .header("X-Forwarded-Uri", "/transfers/" + i + "-")
                            .header("Authorization", "Bearer " + tokens.get(i / PER_USER))
                            .build();
            held.add(http.sendAsync(check, HttpResponse.BodyHandlers.ofString()));
        }
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (meter("ciba_gateway_waiting") < checks) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Only %.0f checks are held".formatted(meter("ciba_gateway_waiting")));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** They are held and not lost: each decision wakes its own check. */
    private void approveSome(Mailbox mailbox) throws Exception {
        long[] nanos = new long[APPROVED];
        for (int i = 0; i < APPROVED; i++) {
            String message = "Approve POST /transfers/" + i + "-";
            ReceivedMail mail =
                    mailbox.await(received -> received.text().contains(message), TIME_LIMIT);
            MailReader.approves(mail);
            long approved = System.nanoTime();
            int status = held.get(i).get(1, TimeUnit.MINUTES).statusCode();
            nanos[i] = System.nanoTime() - approved;
            if (status != 200) {
                throw new IllegalStateException("Approved, but answered with " + status);
            }
        }
        Latencies.of(nanos).print("from the approval to the answer");
    }

    private void letGo() throws InterruptedException {
        held.forEach(check -> check.cancel(true));
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (meter("ciba_gateway_waiting") > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private double meter(String name) {
        return Metrics.of(server).gauge(name);
    }
}
