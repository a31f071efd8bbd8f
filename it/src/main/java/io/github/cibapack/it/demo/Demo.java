// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The demo: starts everything, prints the URLs, and runs until Ctrl-C. */
public final class Demo {

    private static final String PUMP = "gas-pump";

    /** What runs; stopped in the reverse order. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    /** Set by Ctrl-C: what fails from then on fails because of it, and is not told. */
    private volatile boolean stopping;

    private Demo() {}

    /**
     * Runs the demo.
     *
     * @param arguments none; see {@link Ports} for the system properties
     */
    public static void main(String[] arguments) throws InterruptedException {
        Demo demo = new Demo();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "stop-demo"));
        try {
            demo.start(Ports.chosen());
        } catch (DemoFailure e) {
            demo.fail(e.getMessage());
        } catch (IllegalStateException | UncheckedIOException e) {
            demo.fail("The demo did not start. " + e.getMessage());
        }
        // Ctrl-C ends the JVM, and with it this wait.
        new CountDownLatch(1).await();
    }

    private void start(Ports ports) {
        long started = System.nanoTime();
        ports.checkFree();
        KeycloakServer server = opened(Servers.start(options(ports), Demo::progress));
        progress("Starting the mail server on port " + ports.smtp());
        Mailbox mailbox = opened(Mailbox.start(server.smtpBindAddress(), ports.smtp()));
        // people press its buttons again and again
        RealmDocument realm =
                RealmDocument.shipped().mailTo(server.smtpHost(), ports.smtp()).relaxLimits();
        Phone.addTo(realm, ports.page());
        Agent.addTo(realm);
        progress("Importing the realm " + realm.name());
        AdminApi.of(server).createRealm(realm.json());

        DemoState state = new DemoState();
        mailbox.onMail(state::mailArrived);
        URI issuer = relyingParty(server, realm, PUMP).issuer();
        Map<String, Device> devices =
                Map.of(
                        "pump", pump("pump", relyingParty(server, realm, PUMP), state),
                        "phone", pump("phone", relyingParty(server, realm, Phone.CLIENT), state),
                        "transfer", callingApp("transfer", BankApp.story(), issuer, realm, state),
                        "agent", callingApp("agent", Agent.story(), issuer, realm, state));
        opened(DemoPage.open(ports.page(), state, issuer, devices));
        printUrls(ports, server, realm, Duration.ofNanos(System.nanoTime() - started));
    }

    /** With the feature that shows the pack's settings in the admin console. */
    static ServerOptions options(Ports ports) {
        return ServerOptions.defaults()
                .withBuildOptions("--features=declarative-ui")
                .withHttpPort(ports.keycloak());
    }

    /** The console's list of CIBA policies, for the server's own admin. */
    static String policiesInConsole(String realm) {
        return "/admin/master/console/#/%s/page-section/ciba-policy".formatted(realm);
    }

    private static RelyingParty relyingParty(
            KeycloakServer server, RealmDocument realm, String client) {
        return RelyingParty.of(server, realm.name(), client, secretOf(realm, client));
    }

    private Pump pump(String device, RelyingParty client, DemoState state) {
        return opened(
                new Pump(client.withListener(state.exchangesOf(device)), state.displayOf(device)));
    }

    private CallingApp callingApp(
            String device,
            CallingApp.Story story,
            URI issuer,
            RealmDocument realm,
            DemoState state) {
        return opened(
                CallingApp.open(
                        story,
                        issuer,
                        secretOf(realm, story.client()),
                        realm.setting(story.rule(), "gatewaySecret"),
                        state.displayOf(device),
                        state.callsOf(device)));
    }

    private static String secretOf(RealmDocument realm, String client) {
        return realm.client(client).path("secret").asText();
    }

    private synchronized <T extends AutoCloseable> T opened(T resource) {
        running.push(resource);
        return resource;
    }

    /** {@code System.exit} and not an exception: Maven would bury the message under its own. */
    @SuppressWarnings("SystemExitOutsideMain")
    private void fail(String message) {
        if (!stopping) {
            System.err.printf("%n%s%n%n", message);
            System.exit(1);
        }
    }

    private void stop() {
        stopping = true;
        closeAll();
    }

    private synchronized void closeAll() {
        if (!running.isEmpty()) {
            progress("Stopping");
        }
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("[demo] " + e);
            }
        }
    }

    private static void progress(String line) {
        System.out.println("[demo] " + line);
    }

    private static void printUrls(
            Ports ports, KeycloakServer server, RealmDocument realm, Duration took) {
        System.out.printf(
                """
                [demo] Ready after %5$d s

                  Pay at the pump       http://127.0.0.1:%1$d
                  Send money            http://127.0.0.1:%1$d/transfer
                  A phone that rings    http://127.0.0.1:%1$d/phone
                  An AI agent that asks http://127.0.0.1:%1$d/agent
                  Alice's requests      %2$s/realms/%6$s/ciba/requests  (alice / %7$s)
                  Admin console         %2$s%3$s  (admin / admin)
                  Mail server (SMTP)    127.0.0.1:%4$d

                  Open the first page, press "$50", open the mail, follow its link, approve.
                  Each page says what to do, and leads to the others.
                  Ctrl-C stops everything.

                """,
                ports.page(),
                server.baseUrl(),
                policiesInConsole(realm.name()),
                ports.smtp(),
                took.toSeconds(),
                realm.name(),
                realm.user("alice").at("/credentials/0/value").asText());
    }
}
