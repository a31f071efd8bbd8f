// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import io.github.cibapack.it.server.TcpProxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server whose connections to its PostgreSQL can be cut and held, and one realm. */
final class ServerAndDatabase implements BeforeAllCallback, AfterAllCallback {
    static final String REALM = "drilled";

    private static final Duration MAIL_TIME_LIMIT = Duration.ofSeconds(40);

    private final Consumer<RealmDocument> changes;
    private final ServerOptions options;
    private Optional<Supplier<Path>> disk = Optional.empty();
    private Runnable unmount = () -> {};
    private EmbeddedPostgres postgres;
    private TcpProxy database;
    private ScriptedSmtp smtp;
    private KeycloakServer server;
    private RealmDocument document;

    /**
     * A server that starts before the first test.
     *
     * @param changes to the shipped realm, whose limits are wide if they leave them out
     * @param buildOptions on top of {@code --db=postgres}
     */
    ServerAndDatabase(Consumer<RealmDocument> changes, String... buildOptions) {
        this.changes = changes;
        this.options =
                ServerOptions.defaults()
                        .withBuildOptions("--db=postgres")
                        .withBuildOptions(buildOptions);
    }

    /**
     * The same with the database's files in a folder of this disk.
     *
     * @param folder is asked for it before the start
     * @param after is called when the database has stopped
     */
    ServerAndDatabase withDataOn(Supplier<Path> folder, Runnable after) {
        disk = Optional.of(folder);
        unmount = after;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        disk.map(Supplier::get).ifPresent(builder::setDataDirectory);
        postgres = builder.start();
        database = TcpProxy.to(postgres.getPort());
        smtp = ScriptedSmtp.start();
        server = Servers.start(startOptions());
        document =
                RealmDocument.shipped()
                        .named(REALM)
                        .cheap()
                        .mailTo("127.0.0.1", smtp.port())
                        .attribute("cibaExpiresIn", "600")
                        .attribute("frontendUrl", server.baseUrl().toString());
        changes.accept(document);
        document.relaxLimits();
        document.json().path("users").forEach(u -> SeenSecrets.add(u.path("email").asText()));
        AdminApi.of(server).createRealm(document.json());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            database.restore();
            database.thaw();
            server.close();
        }
        if (smtp != null) {
            smtp.close();
        }
        if (postgres != null) {
            database.close();
            postgres.close();
        }
        unmount.run();
    }

    private ServerOptions startOptions() {
        return options.withRuntimeOptions(
                "--db-url=jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres",
                "--db-username=postgres",
                "--db-password=postgres");
    }

    /** Ends the server as the system does, and starts it again at the same address. */
    void killAndStartAgain() {
        int port = server.baseUrl().getPort();
        server.kill();
        server = Servers.start(startOptions().withHttpPort(port));
    }

    KeycloakServer server() {
        return server;
    }

    /** The way to the database. */
    TcpProxy database() {
        return database;
    }

    ScriptedSmtp smtp() {
        return smtp;
    }

    AdminApi admin() {
        return AdminApi.of(server);
    }

    URI url(String path) {
        return server.url("/realms/" + REALM + path);
    }

    RelyingParty relyingParty(String clientId) {
        return RelyingParty.of(
                server, REALM, clientId, document.client(clientId).path("secret").asText());
    }

    RelyingParty pump() {
        return relyingParty("gas-pump");
    }

    /** The link in the mail of a request. */
    URI linkOf(String authReqId) {
        return Awaitility.await("the mail of " + authReqId)
                .atMost(MAIL_TIME_LIMIT)
                .until(() -> smtp.acceptedFor(authReqId).stream().findFirst(), Optional::isPresent)
                .orElseThrow()
                .magicLink();
    }

    static void addUsers(RealmDocument realm, String... names) {
        Arrays.stream(names).forEach(realm::addUser);
    }
}
