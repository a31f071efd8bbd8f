// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Encryption;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Certificates;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * How many mails leave a node in a second, with 1, 4 and 16 workers, with and without TLS. The mail
 * server holds all back until the queue is full, so that nothing but sending is measured. Five
 * rounds warm up. Arguments: mails of a round (default 2000) and rounds (default 5).
 */
public final class MailThroughput {
    private static final String REALM = "benchmark";
    private static final String OPTION = "--spi-ciba-auth-channel--ciba-email--";
    private static final List<Integer> WORKERS = List.of(1, 4, 16);
    private static final int USERS = 1600;
    private static final int WARM_UP_ROUNDS = 5;

    /** So that one client's requests of all rounds find room. */
    private static final String HEAP = "-Xmx4g";

    private static final int OK = 200;
    private static final Duration UNTIL_SENT = Duration.ofMinutes(5);

    private final KeycloakServer server;
    private final RelyingParty pump;
    private final ScriptedSmtp smtp;

    private MailThroughput(KeycloakServer server, ScriptedSmtp smtp) {
        this.server = server;
        this.pump = RelyingParty.of(server, REALM, "gas-pump", "gas-pump-secret");
        this.smtp = smtp;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) {
        int mails = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Certificates certificates = Certificates.of("CN=localhost");
        for (int workers : WORKERS) {
            try (ScriptedSmtp plain = ScriptedSmtp.start().onlyCount();
                    ScriptedSmtp secret =
                            ScriptedSmtp.start()
                                    .onlyCount()
                                    .encrypt(Encryption.STARTTLS, certificates.server());
                    KeycloakServer server = Servers.start(options(workers, certificates))) {
                AdminApi admin = AdminApi.of(server);
                admin.createRealm(realm(plain).json());
                measure("plain", workers, mails, rounds, new MailThroughput(server, plain));
                admin.updateRealm(
                        REALM,
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("port", Integer.toString(secret.port()))
                                        .put("starttls", "true"));
                measure("STARTTLS", workers, mails, rounds, new MailThroughput(server, secret));
            }
        }
    }

    private static ServerOptions options(int workers, Certificates certificates) {
        return ServerOptions.defaults()
                .withRuntimeOptions(
                        // one realm has half of them
                        OPTION + "mail-workers=" + 2 * workers,
                        OPTION + "mail-queue-size=100000",
                        OPTION + "mail-read-seconds=120",
                        "--truststore-paths=" + certificates.authorityFile())
                .withEnvironment("_JAVA_OPTIONS", HEAP);
    }

    private static RealmDocument realm(ScriptedSmtp smtp) {
        RealmDocument realm = RealmDocument.shipped().named(REALM).cheap();
        realm.mailTo("127.0.0.1", smtp.port());
        realm.json().put("eventsEnabled", false);
        for (int i = 0; i < USERS; i++) {
            realm.addUser("user-" + i).remove("credentials");
        }
        return realm.liftLimits();
    }

    private static void measure(
            String how, int workers, int mails, int rounds, MailThroughput benchmark) {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            benchmark.round(mails);
            WarmUp.rest(benchmark::processorSeconds);
        }
        Samples perSecond =
                new Samples(
                        IntStream.range(0, rounds).mapToObj(i -> benchmark.round(mails)).toList());
        System.out.printf(
                "%s, workers: %d, mails per second: %s, connections of all rounds: %d%n",
                how, workers, Figures.of(perSecond), benchmark.smtp.connections());
    }

    private double round(int mails) {
        int before = smtp.count();
        double processor = processorSeconds();
        smtp.hold();
        IntStream.range(0, mails).parallel().forEach(this::start);
        double started = processorSeconds();
        long began = System.nanoTime();
        smtp.goOn();
        Awaitility.await("all mails")
                .atMost(UNTIL_SENT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> smtp.count() >= before + mails);
        double perSecond = mails * 1e9 / (System.nanoTime() - began);
        System.out.printf(
                "%.0f mails/s; processor time: start %.0f µs, mail %.0f µs%n",
                perSecond,
                (started - processor) * 1e6 / mails,
                (processorSeconds() - started) * 1e6 / mails);
        return perSecond;
    }

    private double processorSeconds() {
        return Metrics.of(server).value("process_cpu_time_ns_total") / 1e9;
    }

    private void start(int number) {
        if (pump.start("user-" + number % USERS, "benchmark").status() != OK) {
            throw new IllegalStateException("A start was refused");
        }
    }
}
