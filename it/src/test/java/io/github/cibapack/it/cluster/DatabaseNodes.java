// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.awaitility.Awaitility.await;

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
 * Two nodes, one database, one realm. The realm's frontend URL is the first node's address, as a
 * proxy's would be: issuer and links are the same wherever they are made.
 */
public abstract class DatabaseNodes implements BeforeAllCallback, AfterAllCallback {
    protected static final int NODES = 2;

    /** JGroups listens on its port and on one that is so much higher. */
    protected static final int FAILURE_DETECTION_OFFSET = 50_000;

    private static final Duration JOIN_TIME_LIMIT = Duration.ofMinutes(2);
    private static final int FIRST_PORT = 11_800;
    private static final int LAST_PORT = 15_500;

    private final String realm;
    private final Consumer<RealmDocument> changes;
    private final String[] buildOptions;
    private final List<KeycloakServer> nodes = new ArrayList<>();
    private final ClusterDatabase.Starter databases;
    private ClusterDatabase database;
    private Mailbox mailbox;
    private RealmDocument document;
    private int lastPort = FIRST_PORT;

    /** Nodes over PostgreSQL. */
    protected DatabaseNodes(String realm, Consumer<RealmDocument> changes, String... buildOptions) {
        this(ClusterDatabase::postgres, realm, changes, buildOptions);
    }

    /**
     * Nodes that start before the first test.
     *
     * @param changes to the shipped realm
     * @param buildOptions on top of {@code --db}
     */
    DatabaseNodes(
            ClusterDatabase.Starter databases,
            String realm,
            Consumer<RealmDocument> changes,
            String... buildOptions) {
        this.databases = databases;
        this.realm = realm;
        this.changes = changes;
        this.buildOptions = buildOptions.clone();
    }

    @Override
    public final void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        database = databases.start();
        for (int i = 0; i < NODES; i++) {
            nodes.add(Servers.start(options()));
        }
        awaitMembers(NODES);
        mailbox = Mailbox.start();
        document =
                RealmDocument.shipped()
                        .named(realm)
                        .mailTo("127.0.0.1", mailbox.port())
                        .attribute("frontendUrl", node(0).baseUrl().toString());
        changes.accept(document);
        document.json().path("clients").forEach(c -> SeenSecrets.add(c.path("secret").asText()));
        document.json().path("users").forEach(u -> SeenSecrets.add(u.path("email").asText()));
        admin().createRealm(document.json());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        nodes.forEach(KeycloakServer::close);
        if (mailbox != null) {
            mailbox.close();
        }
        if (database != null) {
            database.close();
        }
    }

    /**
     * Stops a node in order and starts another one in its place, which joins the one that is left.
     */
    protected final void replace(int number) {
        nodes.get(number).close();
        nodes.set(number, Servers.start(options()));
        awaitMembers(NODES);
    }

    private ServerOptions options() {
        int port = freePort();
        return ServerOptions.defaults()
                .withBuildOptions("--db=" + database.kind())
                .withBuildOptions(buildOptions)
                .withRuntimeOptions(database.runtimeOptions())
                .withRuntimeOptions(
                        "--cache=ispn",
                        "--cache-stack=jdbc-ping",
                        "--cache-embedded-network-bind-address=127.0.0.1",
                        "--cache-embedded-network-bind-port=" + port)
                .withRuntimeOptions(wayTo(port));
    }

    /**
     * Options of a node that tells the others another way to itself than its own port.
     *
     * @param port on which it listens
     */
    protected String[] wayTo(int port) {
        return new String[0];
    }

    /** A port for JGroups that no node has had. */
    protected final int freePort() {
        lastPort =
                IntStream.rangeClosed(lastPort + 1, LAST_PORT)
                        .filter(FreePort::isFree)
                        .filter(port -> FreePort.isFree(port + FAILURE_DETECTION_OFFSET))
                        .findFirst()
                        .orElseThrow();
        return lastPort;
    }

    /** A node that is ready is not yet a member. */
    protected final void awaitMembers(int number) {
        await(number + " members in each view")
                .atMost(JOIN_TIME_LIMIT)
                .until(() -> nodes.stream().allMatch(node -> hasMembers(node, number)));
    }

    private static boolean hasMembers(KeycloakServer node, int number) {
        return Metrics.of(node).lines().stream()
                .filter(line -> line.startsWith("vendor_cluster_size"))
                .anyMatch(line -> line.endsWith(" " + number + ".0"));
    }

    public final KeycloakServer node(int number) {
        return nodes.get(number);
    }

    public final List<KeycloakServer> nodes() {
        return nodes;
    }

    public final Mailbox mailbox() {
        return mailbox;
    }

    public final AdminApi admin() {
        return AdminApi.of(node(0));
    }

    public final String realm() {
        return realm;
    }

    public final String secretOf(String clientId) {
        return document.client(clientId).path("secret").asText();
    }

    /** A client of the document that talks to one node. */
    public final RelyingParty relyingParty(int node, String clientId) {
        return RelyingParty.of(node(node), realm, clientId, secretOf(clientId));
    }

    /** The link in the mail of a request, as a proxy would lead it to this node. */
    public final URI linkAt(int node, Answer started) {
        URI link = mailbox.awaitMailFor(started.accepted().authReqId()).magicLink();
        return node(node).url(link.getRawPath());
    }
}
