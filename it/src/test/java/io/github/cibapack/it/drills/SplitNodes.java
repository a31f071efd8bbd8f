// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.TcpProxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two nodes over one PostgreSQL that talk to each other through proxies: each tells the address of
 * its proxy for its own, so that the two can be kept apart while both work.
 */
final class SplitNodes implements BeforeAllCallback, AfterAllCallback {
    private static final String REALM = "split";
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    /** JGroups listens on its port and on one that is so much higher. */
    private static final int FAILURE_DETECTION_OFFSET = 50_000;

    private static final int FIRST_PORT = 11_800;
    private static final int LAST_PORT = 15_500;

    private final Consumer<RealmDocument> changes;
    private final String[] buildOptions;
    private final List<KeycloakServer> nodes = new ArrayList<>();
    private final List<TcpProxy> ways = new ArrayList<>();
    private EmbeddedPostgres database;
    private Mailbox mailbox;
    private int lastPort = FIRST_PORT;

    SplitNodes(Consumer<RealmDocument> changes, String... buildOptions) {
        this.changes = changes;
        this.buildOptions = buildOptions.clone();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        database = EmbeddedPostgres.start();
        nodes.add(Servers.start(options()));
        nodes.add(Servers.start(options()));
        awaitMembers(2);
        mailbox = Mailbox.start();
        RealmDocument document =
                RealmDocument.shipped()
                        .named(REALM)
                        .cheap()
                        .mailTo("127.0.0.1", mailbox.port())
                        .attribute("cibaExpiresIn", "600")
                        .attribute("frontendUrl", nodes.get(0).baseUrl().toString())
                        .relaxLimits();
        changes.accept(document);
        AdminApi.of(nodes.get(0)).createRealm(document.json());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        nodes.forEach(KeycloakServer::close);
        ways.forEach(TcpProxy::close);
        if (mailbox != null) {
            mailbox.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private ServerOptions options() {
        int own = freePort();
        int told = freePort();
        ways.add(TcpProxy.at(told, own));
        ways.add(TcpProxy.at(told + FAILURE_DETECTION_OFFSET, own + FAILURE_DETECTION_OFFSET));
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
                        "--cache-embedded-network-bind-port=" + own,
                        "--cache-embedded-network-external-address=127.0.0.1",
                        "--cache-embedded-network-external-port=" + told);
    }

    private int freePort() {
        lastPort =
                IntStream.rangeClosed(lastPort + 1, LAST_PORT)
                        .filter(FreePort::isFree)
                        .filter(port -> FreePort.isFree(port + FAILURE_DETECTION_OFFSET))
                        .findFirst()
                        .orElseThrow();
        return lastPort;
    }

    /** The nodes lose each other, and each of them knows it. */
    void split() {
        ways.forEach(TcpProxy::cut);
        awaitMembers(1);
    }

    /** They meet again, and know it. */
    void join() {
        ways.forEach(TcpProxy::restore);
        awaitMembers(2);
    }

    private void awaitMembers(int number) {
        Awaitility.await(number + " members in each view")
                .atMost(TIME_LIMIT)
                .until(
                        () ->
                                nodes.stream()
                                        .allMatch(
                                                node ->
                                                        Metrics.of(node).lines().stream()
                                                                .anyMatch(
                                                                        line ->
                                                                                line.startsWith(
                                                                                                "vendor_cluster_size")
                                                                                        && line
                                                                                                .endsWith(
                                                                                                        " "
                                                                                                                + number
                                                                                                                + ".0"))));
    }

    void awaitMail(Answer started) {
        mailbox.awaitMailFor(started.authReqId());
    }

    RelyingParty pump(int node) {
        return RelyingParty.of(nodes.get(node), REALM, "gas-pump", "gas-pump-secret");
    }

    /** The link in the mail of a request, as a proxy would lead it to this node. */
    URI linkAt(int node, Answer started) {
        URI link = mailbox.awaitMailFor(started.accepted().authReqId()).magicLink();
        return nodes.get(node).url(link.getRawPath());
    }
}
