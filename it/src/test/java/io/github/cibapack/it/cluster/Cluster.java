// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.channel.Receiver;
import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two nodes, one PostgreSQL, one realm. The realm's frontend URL is the first node's address, as a
 * proxy's would be: issuer and links are the same wherever they are made.
 */
final class Cluster implements BeforeAllCallback, AfterAllCallback {

    static final int NODES = 2;

    /** A client whose users are called at the {@linkplain #receiver() receiver}. */
    static final String CALLING = "calling";

    private static final String REALM = "clustered";
    private static final Duration JOIN_TIME_LIMIT = Duration.ofMinutes(1);

    /** JGroups listens on its port and on one that is so much higher. */
    private static final int FAILURE_DETECTION_OFFSET = 50_000;

    private static final int FIRST_BIND_PORT = 11_800;
    private static final int LAST_BIND_PORT = 15_500;

    private final Consumer<RealmDocument> changes;
    private final String[] buildOptions;
    private final List<KeycloakServer> nodes = new ArrayList<>();
    private final Receiver receiver = Receiver.start();
    private EmbeddedPostgres database;
    private Mailbox mailbox;
    private RealmDocument document;

    /**
     * A cluster that starts before the first test.
     *
     * @param changes to the shipped realm
     * @param buildOptions on top of {@code --db=postgres}
     */
    Cluster(Consumer<RealmDocument> changes, String... buildOptions) {
        this.changes = changes;
        this.buildOptions = buildOptions.clone();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        database = EmbeddedPostgres.start();
        for (int i = 0; i < NODES; i++) {
            nodes.add(Servers.start(options()));
        }
        nodes.forEach(Cluster::awaitMembers);
        mailbox = Mailbox.start();
        document =
                RealmDocument.shipped()
                        .named(REALM)
                        .mailTo("127.0.0.1", mailbox.port())
                        .attribute("frontendUrl", node(0).baseUrl().toString());
        changes.accept(document);
        Receiver.mayBeCalledBy(document);
        receiver.addClient(document, CALLING, "200", "channels", "webhook");
        noteSecrets();
        admin().createRealm(document.json());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        nodes.forEach(KeycloakServer::close);
        receiver.close();
        if (mailbox != null) {
            mailbox.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private ServerOptions options() {
        return ServerOptions.defaults()
                .withBuildOptions("--db=postgres")
                .withBuildOptions(buildOptions)
                .withRuntimeOptions(
                        "--db-url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--db-username=postgres",
                        "--db-password=postgres",
                        "--cache=ispn",
                        "--cache-stack=jdbc-ping",
                        "--cache-embedded-network-bind-address=127.0.0.1",
                        "--cache-embedded-network-bind-port=" + bindPort());
    }

    private static int bindPort() {
        return IntStream.rangeClosed(FIRST_BIND_PORT, LAST_BIND_PORT)
                .filter(FreePort::isFree)
                .filter(port -> FreePort.isFree(port + FAILURE_DETECTION_OFFSET))
                .findFirst()
                .orElseThrow();
    }

    /** A node that is ready is not yet a member. */
    private static void awaitMembers(KeycloakServer node) {
        await("both nodes in one cluster")
                .atMost(JOIN_TIME_LIMIT)
                .until(
                        () -> Metrics.of(node).lines(),
                        lines ->
                                lines.stream()
                                        .anyMatch(
                                                line ->
                                                        line.startsWith("vendor_cluster_size")
                                                                && line.endsWith(" 2.0")));
    }

    private void noteSecrets() {
        document.json().path("clients").forEach(c -> SeenSecrets.add(c.path("secret").asText()));
        document.json().path("users").forEach(u -> SeenSecrets.add(u.path("email").asText()));
    }

    KeycloakServer node(int number) {
        return nodes.get(number);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    Receiver receiver() {
        return receiver;
    }

    AdminApi admin() {
        return AdminApi.of(node(0));
    }

    String realm() {
        return REALM;
    }

    /** What tokens name as their issuer, on either node. */
    URI issuer() {
        return node(0).url("/realms/" + REALM);
    }

    /** An address of the realm on one node. */
    URI url(int node, String path) {
        return node(node).url("/realms/" + REALM + path);
    }

    /** A client of the document that talks to one node. */
    RelyingParty relyingParty(int node, String clientId) {
        return RelyingParty.of(node(node), REALM, clientId, secretOf(clientId));
    }

    String secretOf(String clientId) {
        return document.client(clientId).path("secret").asText();
    }

    /** The link in the mail of a request, as a proxy would lead it to this node. */
    URI linkAt(int node, Answer started) {
        URI link = mailbox.awaitMailFor(started.authReqId()).magicLink();
        return node(node).url(link.getRawPath());
    }

    /** Everything that the nodes have logged. */
    String logs() {
        return String.join("\n", nodes.stream().map(KeycloakServer::logs).toList());
    }
}
