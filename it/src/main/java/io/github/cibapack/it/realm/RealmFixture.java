// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.SeenSecrets;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.net.URI;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A realm of a test class's own with a mailbox: the shipped JSON under a random name. Use it as a
 * static field with {@code @RegisterExtension}.
 */
public final class RealmFixture implements BeforeAllCallback, AfterAllCallback {

    private final Consumer<RealmDocument> changes;
    private final ServerOptions ownServer;
    private final Supplier<KeycloakServer> sharedServer;
    private final boolean hasPack;

    private KeycloakServer server;
    private Mailbox mailbox;
    private AdminApi admin;
    private RealmDocument document;

    private RealmFixture(
            Consumer<RealmDocument> changes,
            ServerOptions ownServer,
            Supplier<KeycloakServer> sharedServer,
            boolean hasPack) {
        this.changes = changes;
        this.ownServer = ownServer;
        this.sharedServer = sharedServer;
        this.hasPack = hasPack;
    }

    /** On the shared server, as shipped. */
    public static RealmFixture fresh() {
        return new RealmFixture(document -> {}, null, Servers::shared, true);
    }

    /** With the document changed before the import. */
    public RealmFixture with(Consumer<RealmDocument> change) {
        return new RealmFixture(changes.andThen(change), ownServer, sharedServer, hasPack);
    }

    /** On a server with these options, started for this class and stopped after it. */
    public RealmFixture on(ServerOptions options) {
        return new RealmFixture(changes, options, sharedServer, options.withPack());
    }

    /** On another server that test classes share; it is not stopped here. */
    public RealmFixture sharing(Supplier<KeycloakServer> other) {
        return new RealmFixture(changes, null, other, true);
    }

    /** The same where the pack is not deployed. */
    public RealmFixture sharingUntouched(Supplier<KeycloakServer> other) {
        return new RealmFixture(changes, null, other, false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = ownServer == null ? sharedServer.get() : Servers.start(ownServer);
        mailbox = Mailbox.start(server.smtpBindAddress(), 0);
        admin = AdminApi.of(server);
        document =
                RealmDocument.shipped()
                        .named("it-" + UUID.randomUUID().toString().substring(0, 8))
                        .mailTo(server.smtpHost(), mailbox.port())
                        .cheap();
        changes.accept(document);
        if (hasPack) {
            document.relaxLimits();
        } else {
            document.withoutPack();
        }
        noteSecrets();
        admin.createRealm(document.json());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null && ownServer != null) {
            server.close();
        } else if (admin != null && document != null) {
            admin.deleteRealm(document.name());
        }
        if (mailbox != null) {
            mailbox.close();
        }
    }

    /** The realm's name. */
    public String name() {
        return document.name();
    }

    public KeycloakServer server() {
        return server;
    }

    /** Where all mail of this realm arrives. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** The magic link of a request that was started, from its mail. */
    public URI linkOf(Answer started) {
        return mailbox.awaitMailFor(started.accepted().authReqId()).magicLink();
    }

    public AdminApi admin() {
        return admin;
    }

    /** The admin API of the server, as a user of this realm whom the document describes. */
    public AdminApi adminAs(String username) {
        String password =
                document.user(username).path("credentials").path(0).path("value").asText();
        return AdminApi.as(server, name(), username, password);
    }

    /**
     * An address in this realm.
     *
     * @param path what comes after {@code /realms/<name>}, for example {@code /as/token}
     */
    public URI url(String path) {
        return server.url("/realms/" + name() + path);
    }

    /** The client {@code gas-pump}: {@code client_secret_basic}, at the pack's endpoints. */
    public RelyingParty gasPump() {
        return relyingParty("gas-pump");
    }

    /** The client {@code gas-pump-post}: {@code client_secret_post}, at the pack's endpoints. */
    public RelyingParty gasPumpPost() {
        return relyingParty("gas-pump-post").withSecretInBody();
    }

    /** Any client of the document, with its secret from there. */
    public RelyingParty relyingParty(String clientId) {
        return RelyingParty.of(server, name(), clientId, secretOf(clientId));
    }

    /** The secret of a client of the document; empty for one that has none. */
    public String secretOf(String clientId) {
        return document.client(clientId).path("secret").asText();
    }

    /** A setting of a component of the document, which has this name. */
    public String setting(String name, String key) {
        return document.setting(name, key);
    }

    /** The id ({@code sub}) of a user. */
    public String userId(String username) {
        return admin.user(name(), username).path("id").asText();
    }

    private void noteSecrets() {
        for (JsonNode client : document.json().path("clients")) {
            SeenSecrets.add(client.path("secret").asText());
            SeenSecrets.addPublicName(client.path("clientId").asText());
        }
        for (JsonNode user : document.json().path("users")) {
            SeenSecrets.add(user.path("email").asText());
            user.path("credentials")
                    .forEach(credential -> SeenSecrets.add(credential.path("value").asText()));
        }
    }
}
