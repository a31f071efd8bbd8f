// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Workspace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may call the documented endpoints, and what the others are told. */
@Tag("RFC-6749-5.2")
class ClientAuthenticationIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ClientAuthenticationIT::addClients);

    private static void addClients(RealmDocument realm) {
        realm.addClient("kiosk", "kiosk-secret").put("publicClient", true).remove("secret");
        realm.addClient("switched-off", "switched-off-secret").put("enabled", false);
        ObjectNode withoutGrant = realm.addClient("other-app", "other-app-secret");
        withoutGrant.put("serviceAccountsEnabled", true);
        withoutGrant.withObjectProperty("attributes").remove("oidc.ciba.grant.enabled");
    }

    static Stream<Named<RelyingParty>> whoIsNotAuthenticated() {
        return Stream.concat(whoSaysNothingRight(), whoSaysItAtTheWrongPlace());
    }

    /** Before 26.7, Keycloak takes a secret from the header and the body alike. */
    private static Stream<Named<RelyingParty>> whoSaysItAtTheWrongPlace() {
        return Workspace.current().isKeycloakAtLeast("26.7")
                ? Stream.of(
                        Named.of("basic client that sends its secret in the body", basicInBody()),
                        Named.of("post client that sends its secret in the header", postInHeader()))
                : Stream.empty();
    }

    private static Stream<Named<RelyingParty>> whoSaysNothingRight() {
        return Stream.of(
                Named.of("unknown client", stranger()),
                Named.of("wrong secret in the header", REALM.gasPump().withSecret("wrong-secret")),
                Named.of(
                        "wrong secret in the body", REALM.gasPumpPost().withSecret("wrong-secret")),
                Named.of("empty secret", REALM.gasPump().withSecret("")),
                Named.of("no secret", REALM.gasPump().withoutSecret()),
                Named.of("disabled client", REALM.relyingParty("switched-off")),
                Named.of("public client", REALM.relyingParty("kiosk").withoutSecret()));
    }

    private static RelyingParty stranger() {
        return RelyingParty.of(REALM.server(), REALM.name(), "no-such-client", "no-such-secret");
    }

    private static RelyingParty basicInBody() {
        return REALM.gasPump().withSecretInBody();
    }

    private static RelyingParty postInHeader() {
        return REALM.relyingParty("gas-pump-post");
    }

    @ParameterizedTest
    @MethodSource("whoIsNotAuthenticated")
    @Clause({"7.2-1", "13-8"})
    void startNeedsAnAuthenticatedClient(RelyingParty client) {
        Answer answer = client.start("alice", "Pump 4");

        assertRefusal(answer, 401, "invalid_client");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @ParameterizedTest
    @MethodSource("whoIsNotAuthenticated")
    @Clause({"10.1-1", "11-6"})
    void pollNeedsAnAuthenticatedClient(RelyingParty client) {
        String id = REALM.gasPump().start("alice", "Pump 4").authReqId();

        Answer answer = client.poll(id);

        assertRefusal(answer, 401, "invalid_client");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @Test
    void publicClientIsToldWhy() {
        Answer answer = REALM.relyingParty("kiosk").withoutSecret().start("alice", "Pump 4");

        assertThat(answer.errorDescription()).startsWith("Public clients cannot use CIBA");
    }

    @Test
    @Clause({"11-7", "13-5"})
    void clientWithoutTheGrantCanNeitherStartNorPoll() {
        RelyingParty other = REALM.relyingParty("other-app");
        String id = REALM.gasPump().start("alice", "Pump 4").authReqId();

        assertRefusal(other.start("alice", "Pump 4"), 400, "unauthorized_client");
        assertRefusal(other.poll(id), 400, "unauthorized_client");
    }

    @Test
    void callWithoutAnyCredentialsIsRefused() {
        RelyingParty nobody = RelyingParty.of(REALM.server(), REALM.name(), "", "");

        assertRefusal(
                nobody.send(nobody.startEndpoint(), Form.of("scope", "openid")),
                401,
                "invalid_client");
    }

    @Test
    void bothDocumentedMethodsWork() {
        assertThat(REALM.gasPump().start("alice", "Pump 4").status()).isEqualTo(200);
        assertThat(REALM.gasPumpPost().start("alice", "Pump 4").status()).isEqualTo(200);
    }

    @Test
    void clientWithoutAPreferenceMayUseEither() {
        RealmFixture realm = REALM;
        RelyingParty either = realm.relyingParty("other-app");
        realm.admin()
                .updateClient(
                        realm.name(),
                        "other-app",
                        client ->
                                client.withObjectProperty("attributes")
                                        .put("oidc.ciba.grant.enabled", "true"));
        try {
            assertThat(either.start("alice", "Pump 4").status()).isEqualTo(200);
            assertThat(either.withSecretInBody().start("alice", "Pump 4").status()).isEqualTo(200);
        } finally {
            realm.admin()
                    .updateClient(
                            realm.name(),
                            "other-app",
                            client ->
                                    client.withObjectProperty("attributes")
                                            .put("oidc.ciba.grant.enabled", "false"));
        }
    }
}
