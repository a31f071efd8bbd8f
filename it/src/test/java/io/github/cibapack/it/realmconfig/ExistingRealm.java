// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.SeenSecrets;

/** A realm on a server, with a mailbox: what its admin has put into it is used here. */
final class ExistingRealm implements AutoCloseable {

    private final KeycloakServer server;
    private final Mailbox mailbox;
    private final AdminApi admin;
    private final String name;

    private ExistingRealm(KeycloakServer server, String name) {
        this.server = server;
        this.name = name;
        this.mailbox = Mailbox.start(server.smtpBindAddress(), 0);
        this.admin = AdminApi.of(server);
    }

    /**
     * Imports a whole realm; nothing of it is changed but where its mail goes, and what makes an
     * import cheap.
     */
    static ExistingRealm of(KeycloakServer server, ObjectNode document) {
        ExistingRealm realm = new ExistingRealm(server, document.path("realm").asText());
        for (JsonNode user : document.path("users")) {
            SeenSecrets.add(user.path("email").asText());
        }
        realm.admin.createRealm(RealmDocument.of(realm.withMailServer(document)).cheap().json());
        return realm;
    }

    /** A realm that knows nothing of CIBA: a mail server and the user alice. */
    static ExistingRealm plain(KeycloakServer server, String name) {
        ObjectNode document = Json.object().put("realm", name).put("enabled", true);
        document.putObject("smtpServer").put("from", "noreply@" + name + ".example");
        document.putArray("users")
                .addObject()
                .put("username", "alice")
                .put("enabled", true)
                .put("email", "alice@" + name + ".example")
                .put("emailVerified", true);
        return of(server, document);
    }

    /** A realm that something else has made; its mail comes here from now on. */
    static ExistingRealm found(KeycloakServer server, String name) {
        ExistingRealm realm = new ExistingRealm(server, name);
        realm.admin.updateRealm(name, realm::withMailServer);
        return realm;
    }

    String name() {
        return name;
    }

    KeycloakServer server() {
        return server;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** A call of the admin API below the realm. */
    Answer call(String method, String path, JsonNode body) {
        return admin.call(method, "/" + name + path, body);
    }

    RelyingParty relyingParty(String clientId, String secret) {
        return RelyingParty.of(server, name, clientId, secret);
    }

    void clientAttribute(String clientId, String attribute, String value) {
        admin.updateClient(
                name,
                clientId,
                client -> client.withObjectProperty("attributes").put(attribute, value));
    }

    /** The main job: a request, its mail, an approval, tokens; gives the acknowledgement. */
    Answer approve(RelyingParty relyingParty) {
        Answer started = relyingParty.start("alice", "Pump 4: $50 of gas");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail = mailbox.awaitMailFor(started.authReqId());
        assertThat(ApprovalForm.decide(mail.magicLink(), "approve").status()).isEqualTo(200);
        Answer tokens = relyingParty.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(claims(relyingParty, tokens).getAudience())
                .containsExactly(relyingParty.clientId());
        return started;
    }

    static JWTClaimsSet claims(RelyingParty relyingParty, Answer tokens) {
        try {
            return IdTokenVerifier.of(relyingParty).verify(tokens.text("id_token"));
        } catch (Exception e) {
            throw new AssertionError("No valid ID token", e);
        }
    }

    @Override
    public void close() {
        admin.deleteRealm(name);
        mailbox.close();
    }

    private ObjectNode withMailServer(ObjectNode document) {
        document.withObjectProperty("smtpServer")
                .put("host", server.smtpHost())
                .put("port", String.valueOf(mailbox.port()));
        return document;
    }
}
