// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At {@code as/token} every grant but CIBA is Keycloak's own, in success and in error. */
class OtherGrantsIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(OtherGrantsIT::addClient);

    private static void addClient(RealmDocument realm) {
        realm.addClient("back-office", "back-office-secret")
                .put("serviceAccountsEnabled", true)
                .put("directAccessGrantsEnabled", true);
    }

    static Stream<Named<Form>> refused() {
        Form wrongPassword =
                Form.of("grant_type", "password", "username", "alice", "password", "not-it");
        return Stream.of(
                Named.of("no grant type", Form.of("scope", "openid")),
                Named.of("unknown grant type", Form.of("grant_type", "no-such-grant")),
                Named.of("unknown code", Form.of("grant_type", "authorization_code", "code", "x")),
                Named.of("wrong password", wrongPassword),
                Named.of(
                        "unknown scope",
                        Form.of("grant_type", "client_credentials", "scope", "no-such-scope")),
                Named.of(
                        "two grant types",
                        Form.of("grant_type", "password", "grant_type", "client_credentials")));
    }

    @Test
    void clientCredentialsWork() {
        Form form = Form.of("grant_type", "client_credentials");

        Answer own = backOffice().send(backOffice().tokenEndpoint(), form);
        Answer keycloaks = atKeycloak(backOffice(), form);

        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(own.json().fieldNames())
                .toIterable()
                .containsExactlyElementsOf(() -> keycloaks.json().fieldNames());
        assertThat(own.text("scope")).isEqualTo(keycloaks.text("scope"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void errorsAreKeycloaks(Form form) {
        Answer own = backOffice().send(backOffice().tokenEndpoint(), form);
        Answer keycloaks = atKeycloak(backOffice(), form);

        assertThat(own.status()).as(own.body()).isEqualTo(keycloaks.status());
        assertThat(own.body()).isEqualTo(keycloaks.body());
        assertThat(own.header("Cache-Control")).isEqualTo(keycloaks.header("Cache-Control"));
    }

    @Test
    void wrongSecretIsAnsweredAsKeycloakDoes() {
        RelyingParty wrong = backOffice().withSecret("wrong-secret");
        Form form = Form.of("grant_type", "client_credentials");

        Answer own = wrong.send(wrong.tokenEndpoint(), form);
        Answer keycloaks = atKeycloak(wrong, form);

        assertThat(own.status()).isEqualTo(keycloaks.status());
        assertThat(own.body()).isEqualTo(keycloaks.body());
    }

    @Test
    void eventsOfOtherGrantsSayNothingOfCiba() {
        backOffice()
                .send(backOffice().tokenEndpoint(), Form.of("grant_type", "client_credentials"));

        List<JsonNode> events = REALM.admin().events(REALM.name(), "CLIENT_LOGIN");

        assertThat(events).isNotEmpty();
        assertThat(events).noneMatch(event -> event.path("details").has("ciba_event"));
    }

    private static RelyingParty backOffice() {
        return REALM.relyingParty("back-office");
    }

    private static Answer atKeycloak(RelyingParty client, Form form) {
        return client.send(client.atKeycloakEndpoints().tokenEndpoint(), form);
    }
}
