// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The discovery documents tell a relying party where to go and what it may ask for. */
class DiscoveryIT {

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String START = "backchannel_authentication_endpoint";
    private static final String USER_CODE = "backchannel_user_code_parameter_supported";

    @RegisterExtension static final RealmFixture PLAIN = RealmFixture.fresh();

    @RegisterExtension
    static final RealmFixture ADVERTISING =
            RealmFixture.fresh().with(realm -> realm.attribute("ciba.advertise", "true"));

    @RegisterExtension
    static final RealmFixture MISTAKEN =
            RealmFixture.fresh().with(realm -> realm.attribute("ciba.advertise", "yes"));

    @Test
    @Clause({"4-1", "4-2", "4-3", "4-4", "4-5"})
    void documentOfTheDocumentedEndpointsNamesThem() {
        Answer answer = get(PLAIN, "/as" + OPENID);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Correlation-ID")).isNotEmpty();
        JsonNode document = answer.json();
        assertThat(document.path(START).asText())
                .isEqualTo(PLAIN.gasPump().startEndpoint().toString());
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(PLAIN.gasPump().tokenEndpoint().toString());
        assertThat(texts(document, "backchannel_token_delivery_modes_supported"))
                .containsExactlyInAnyOrder("poll", "ping");
        assertThat(
                        texts(
                                document,
                                "backchannel_authentication_request_signing_alg_values_supported"))
                .contains("PS256", "ES256", "RS256")
                .doesNotContain("none", "HS256");
        assertThat(document.path(USER_CODE).asBoolean()).isTrue();
        assertThat(texts(document, "grant_types_supported")).contains(RelyingParty.GRANT_TYPE);
        assertThat(texts(document, "token_endpoint_auth_methods_supported"))
                .contains(
                        "client_secret_basic",
                        "client_secret_post",
                        "client_secret_jwt",
                        "private_key_jwt",
                        "tls_client_auth");
    }

    /** RFC 8414 §3.1: the well-known part goes before the path of the issuer. */
    @Test
    void clientsOfOAuthFindTheSameAtBothPlaces() {
        JsonNode document = get(PLAIN, "/as" + OAUTH).json();
        Answer before =
                RelyingParty.exchange(
                        HttpRequest.newBuilder(
                                        PLAIN.server()
                                                .url(OAUTH + "/realms/" + PLAIN.name() + "/as"))
                                .build());

        assertThat(before.status()).as(before.body()).isEqualTo(200);
        for (JsonNode found : new JsonNode[] {document, before.json()}) {
            assertThat(found.path(START).asText())
                    .isEqualTo(PLAIN.gasPump().startEndpoint().toString());
            assertThat(found.path("token_endpoint").asText())
                    .isEqualTo(PLAIN.gasPump().tokenEndpoint().toString());
            assertThat(found.path("issuer").asText()).isEqualTo(PLAIN.url("").toString());
        }
        assertThat(
                        RelyingParty.exchange(
                                        HttpRequest.newBuilder(
                                                        PLAIN.server()
                                                                .url(OAUTH + "/realms/no-such/as"))
                                                .build())
                                .status())
                .isEqualTo(404);
    }

    @Test
    void documentsShareIssuerAndKeys() {
        JsonNode ours = get(PLAIN, "/as" + OPENID).json();
        JsonNode keycloaks = get(PLAIN, OPENID).json();

        assertThat(ours.path("issuer")).isEqualTo(keycloaks.path("issuer"));
        assertThat(ours.path("jwks_uri")).isEqualTo(keycloaks.path("jwks_uri"));
        assertThat(ours.path("authorization_endpoint"))
                .isEqualTo(keycloaks.path("authorization_endpoint"));
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH})
    void realmThatAsksForNothingHasKeycloaksDocument(String path) {
        JsonNode document = get(PLAIN, path).json();

        assertThat(document.path(START).asText())
                .isEqualTo(PLAIN.gasPump().atKeycloakEndpoints().startEndpoint().toString());
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(PLAIN.gasPump().atKeycloakEndpoints().tokenEndpoint().toString());
        assertThat(document.has(USER_CODE)).isFalse();
    }

    /** What is started at one endpoint is redeemed at the other: they stand there together. */
    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH})
    @Clause({"4-2", "4-4"})
    void realmThatAsksForItAdvertisesTheDocumentedEndpoints(String path) {
        JsonNode document = get(ADVERTISING, path).json();
        RelyingParty pump = ADVERTISING.gasPump();

        assertThat(document.path(START).asText()).isEqualTo(pump.startEndpoint().toString());
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(pump.tokenEndpoint().toString());
        assertThat(document.path("mtls_endpoint_aliases").path(START).asText())
                .isEqualTo(pump.startEndpoint().toString());
        assertThat(document.path("mtls_endpoint_aliases").path("token_endpoint").asText())
                .isEqualTo(pump.tokenEndpoint().toString());
        assertThat(document.path(USER_CODE).asBoolean()).isTrue();
        assertThat(document.path("issuer").asText()).isEqualTo(ADVERTISING.url("").toString());
    }

    @Test
    void nothingElseOfTheDocumentChanges() {
        ObjectNode advertising = (ObjectNode) get(ADVERTISING, OPENID).json();
        ObjectNode plain = (ObjectNode) get(PLAIN, OPENID).json();
        for (ObjectNode document : new ObjectNode[] {advertising, plain}) {
            document.remove(START);
            document.remove("token_endpoint");
            document.remove("mtls_endpoint_aliases");
            document.remove(USER_CODE);
            document.remove("backchannel_authentication_cancellation_endpoint");
            document.remove("backchannel_authentication_status_endpoint");
            document.remove("backchannel_idempotency_key_supported");
            document.remove("backchannel_long_polling_max_wait");
        }

        assertThat(members(advertising, ADVERTISING)).isEqualTo(members(plain, PLAIN));
    }

    @Test
    void valueThatIsNeitherYesNorNoIsReportedAndAdvertisesNothing() {
        JsonNode document = get(MISTAKEN, OPENID).json();

        assertThat(document.path(START).asText()).contains("/protocol/openid-connect/");
        assertThat(MISTAKEN.server().logs())
                .contains("Realm " + MISTAKEN.name() + ": the attribute ciba.advertise must be");
    }

    @Test
    void documentIsThereForHttpsOnlyWhereTheRealmWantsHttps() {
        PLAIN.admin().updateRealm(PLAIN.name(), realm -> realm.put("sslRequired", "all"));
        try {
            Answer answer = get(PLAIN, "/as" + OPENID);

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.error()).isEqualTo("invalid_request");
        } finally {
            PLAIN.admin().updateRealm(PLAIN.name(), realm -> realm.put("sslRequired", "external"));
        }
    }

    /** Lists as sets: Keycloak gives them in any order. */
    private static Map<String, Object> members(ObjectNode document, RealmFixture realm) {
        Map<String, Object> members = new TreeMap<>();
        document.properties()
                .forEach(
                        member ->
                                members.put(
                                        member.getKey(),
                                        member.getValue().isArray()
                                                ? new TreeSet<>(texts(document, member.getKey()))
                                                : member.getValue()
                                                        .asText()
                                                        .replace(realm.name(), "realm")));
        return members;
    }

    private static Answer get(RealmFixture realm, String path) {
        return RelyingParty.exchange(HttpRequest.newBuilder(realm.url(path)).build());
    }

    private static List<String> texts(JsonNode document, String member) {
        return StreamSupport.stream(document.path(member).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
