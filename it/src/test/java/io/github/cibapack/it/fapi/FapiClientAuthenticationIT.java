// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.fapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.HttpsServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who does not prove to be the client starts nothing and gets nothing. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class FapiClientAuthenticationIT {

    private static final FapiKeys STRANGER = FapiKeys.of("PS256", "stranger");
    private static final HttpClient WITHOUT_CERTIFICATE =
            HttpsServer.http(HttpsServer.certificates().anonymous());

    @RegisterExtension static final FapiRealm REALM = FapiRealm.fresh();

    /** A request under way: started, approved, to be redeemed by its client. */
    private record Approved(FapiClient client, String authReqId) {
        static Approved of(FapiVariant variant) {
            FapiClient client = REALM.client(variant);
            String message = FapiClient.message();
            Answer started = client.start(message);
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            client.decide(message, "approve");
            return new Approved(client, started.authReqId());
        }

        void assertStillRedeemable() {
            Answer tokens = client.poll(authReqId);
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        }
    }

    static Stream<FapiVariant> withPrivateKeyJwt() {
        return FapiVariant.withPrivateKeyJwt();
    }

    static Stream<FapiVariant> withMtls() {
        return FapiVariant.withMtls();
    }

    @ParameterizedTest
    @MethodSource("withPrivateKeyJwt")
    void withoutAnAssertionNothingStartsAndNothingIsRedeemed(FapiVariant variant) {
        refusedAtBothEndpoints(variant, FapiClient::clientIdOnly);
    }

    @ParameterizedTest
    @MethodSource("withPrivateKeyJwt")
    void assertionOfAForbiddenAlgorithmIsRefused(FapiVariant variant) {
        refusedAtBothEndpoints(
                variant,
                client ->
                        client.assertion(
                                variant.algorithm().equals("PS256") ? client.keys() : STRANGER,
                                "RS256"));
    }

    @ParameterizedTest
    @MethodSource("withPrivateKeyJwt")
    void assertionSignedByAnotherClientIsRefused(FapiVariant variant) {
        FapiVariant other = variant.other();
        refusedAtBothEndpoints(
                variant, client -> client.assertion(REALM.client(other).keys(), other.algorithm()));
    }

    /** Who the client is, is proven; what the tokens are bound to is missing. */
    @ParameterizedTest
    @MethodSource("withPrivateKeyJwt")
    void withoutACertificateThereAreNoTokens(FapiVariant variant) {
        Approved approved = Approved.of(variant);
        FapiClient client = approved.client();

        Answer refused =
                FapiClient.post(
                        WITHOUT_CERTIFICATE,
                        client.tokenEndpoint(),
                        FapiClient.pollOf(approved.authReqId()).and(client.credentials()));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isIn("invalid_request", "invalid_grant");
        assertThat(refused.text("access_token")).isEmpty();
        approved.assertStillRedeemable();
    }

    /** The Foundation's module polls while the request is pending. */
    @ParameterizedTest
    @MethodSource("withPrivateKeyJwt")
    void withoutACertificateNothingIsToldOfARequest(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        String message = FapiClient.message();
        Answer started = client.start(message);
        assertThat(started.status()).as(started.body()).isEqualTo(200);

        assertCertificateIsMissed(client, started.authReqId());
        assertThat(client.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        client.decide(message, "deny");
        assertCertificateIsMissed(client, started.authReqId());
        assertThat(client.poll(started.authReqId()).error()).isEqualTo("access_denied");
    }

    private static void assertCertificateIsMissed(FapiClient client, String authReqId) {
        Answer refused =
                FapiClient.post(
                        WITHOUT_CERTIFICATE,
                        client.tokenEndpoint(),
                        FapiClient.pollOf(authReqId).and(client.credentials()));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).as(refused.body()).isEqualTo("invalid_grant");
        assertThat(refused.errorDescription()).startsWith("Client Certification missing");
    }

    @ParameterizedTest
    @MethodSource("withMtls")
    void withoutTheRightCertificateNothingStartsAndNothingIsRedeemed(FapiVariant variant) {
        Approved approved = Approved.of(variant);
        FapiClient client = approved.client();
        FapiClient thief = REALM.client(variant.other());

        for (HttpClient connections : new HttpClient[] {WITHOUT_CERTIFICATE, thief.http()}) {
            assertNotAuthenticated(
                    FapiClient.post(
                            connections,
                            client.startEndpoint(),
                            requestOf(client).and(client.clientIdOnly())));
            assertNotAuthenticated(
                    FapiClient.post(
                            connections,
                            client.tokenEndpoint(),
                            FapiClient.pollOf(approved.authReqId()).and(client.clientIdOnly())));
        }
        approved.assertStillRedeemable();
    }

    @ParameterizedTest
    @MethodSource("withMtls")
    void requestOfOneClientIsNotTakenFromAnother(FapiVariant variant) {
        FapiClient client = REALM.client(variant);
        FapiClient other = REALM.client(variant.other());

        Answer refused = other.send(other.startEndpoint(), requestOf(client));
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
    }

    private interface Credentials {
        Form of(FapiClient client);
    }

    private static void refusedAtBothEndpoints(FapiVariant variant, Credentials wrong) {
        Approved approved = Approved.of(variant);
        FapiClient client = approved.client();

        assertNotAuthenticated(post(client, client.startEndpoint(), requestOf(client), wrong));
        assertNotAuthenticated(
                post(
                        client,
                        client.tokenEndpoint(),
                        FapiClient.pollOf(approved.authReqId()),
                        wrong));
        approved.assertStillRedeemable();
    }

    private static Answer post(
            FapiClient client, URI endpoint, Form parameters, Credentials credentials) {
        return FapiClient.post(client.http(), endpoint, parameters.and(credentials.of(client)));
    }

    private static Form requestOf(FapiClient client) {
        return Form.of("request", client.sign(client.claims(FapiClient.message()).build()));
    }

    private static void assertNotAuthenticated(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(400, 401);
        assertThat(answer.error()).as(answer.body()).isIn("invalid_client", "invalid_request");
        assertThat(answer.authReqId() + answer.text("access_token")).isEmpty();
    }
}
