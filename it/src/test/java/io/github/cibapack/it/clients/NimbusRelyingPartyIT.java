// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.MailReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole protocol, seen by the Nimbus OAuth 2.0 SDK. */
class NimbusRelyingPartyIT {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(NimbusRelyingPartyIT::addClientWithoutGrant);

    /** A realm whose requests end soon at Keycloak's own endpoint, too. */
    @RegisterExtension
    static final RealmFixture SHORT =
            RealmFixture.fresh().with(realm -> realm.attribute("cibaExpiresIn", "10"));

    private static void addClientWithoutGrant(RealmDocument realm) {
        realm.addClient("without-grant", "without-grant-secret")
                .withObjectProperty("attributes")
                .remove("oidc.ciba.grant.enabled");
    }

    static Stream<Arguments> everyMethodAtBothEndpoints() {
        return Stream.of(At.values())
                .flatMap(
                        at ->
                                Stream.of(
                                                "gas-pump",
                                                "gas-pump-post",
                                                "gas-pump-secret-jwt",
                                                "gas-pump-private-key")
                                        .map(client -> Arguments.of(at, client)));
    }

    @ParameterizedTest
    @MethodSource("everyMethodAtBothEndpoints")
    @Clause({"4-10", "5-1", "7.1-1", "7.2-1", "8-1", "10.1-1", "10.1.1-1", "10.1.1-2"})
    void approvedRequestGetsTokens(At at, String client) throws Exception {
        NimbusRelyingParty rp = rp(at, client);
        String message = message();

        CIBARequestAcknowledgement started = rp.started("alice", message);
        assertThat(rp.pollError(started.getAuthRequestID())).isEqualTo("authorization_pending");
        MailReader.approves(mailWith(REALM, message));
        TokenResponse answer = rp.pollUntilDecided(started);

        assertThat(NimbusRelyingParty.codeOf(answer)).isEmpty();
        OIDCTokenResponse tokens = (OIDCTokenResponse) answer.toSuccessResponse();
        assertThat(tokens.getOIDCTokens().getAccessToken()).isNotNull();
        assertThat(
                        new IDTokenValidator(
                                        rp.metadata().getIssuer(),
                                        new ClientID(client),
                                        JWSAlgorithm.RS256,
                                        rp.metadata().getJWKSetURI().toURL())
                                .validate(tokens.getOIDCTokens().getIDToken(), null)
                                .getSubject()
                                .getValue())
                .isEqualTo(REALM.userId("alice"));
    }

    @ParameterizedTest
    @EnumSource(At.class)
    @Clause({"8-3", "11-4"})
    void deniedRequestGetsAccessDenied(At at) {
        NimbusRelyingParty rp = rp(at, "gas-pump");
        String message = message();

        CIBARequestAcknowledgement started = rp.started("alice", message);
        MailReader.denies(mailWith(REALM, message));

        assertThat(NimbusRelyingParty.codeOf(rp.pollUntilDecided(started)))
                .isEqualTo("access_denied");
    }

    @ParameterizedTest
    @EnumSource(At.class)
    @Clause({"7.3-4", "11-3"})
    void requestThatNobodyDecidesExpires(At at) {
        NimbusRelyingParty rp = at.client(SHORT, "gas-pump");

        CIBARequestAcknowledgement started = rp.started("alice", message());

        assertThat(started.getExpiresIn()).isEqualTo(10);
        assertThat(NimbusRelyingParty.codeOf(rp.pollUntilDecided(started)))
                .isEqualTo("expired_token");
    }

    @ParameterizedTest
    @EnumSource(At.class)
    @Clause({"7.3-1", "7.3-3", "7.3-5", "11-1", "11-2"})
    void pollsComeAtTheInterval(At at) {
        NimbusRelyingParty rp = rp(at, "gas-pump");

        CIBARequestAcknowledgement started = rp.started("alice", message());

        assertThat(started.getMinWaitInterval()).isEqualTo(2);
        assertThat(rp.pollError(started.getAuthRequestID())).isEqualTo("authorization_pending");
        assertThat(rp.pollError(started.getAuthRequestID())).isEqualTo("slow_down");
    }

    @ParameterizedTest
    @EnumSource(At.class)
    @Clause({"10.1-3", "10.1.1-3", "11-5"})
    void idIsGoodForItsOwnClientAndOnce(At at) {
        NimbusRelyingParty rp = rp(at, "gas-pump");
        NimbusRelyingParty other = rp(at, "gas-pump-post");
        String message = message();
        CIBARequestAcknowledgement started = rp.started("alice", message);
        AuthRequestID id = started.getAuthRequestID();
        MailReader.approves(mailWith(REALM, message));

        assertThat(other.pollError(id)).isEqualTo("invalid_grant");
        assertThat(NimbusRelyingParty.codeOf(rp.pollUntilDecided(started))).isEmpty();
        assertThat(rp.pollError(id)).isEqualTo("invalid_grant");
        assertThat(rp.pollError(new AuthRequestID())).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @EnumSource(At.class)
    @Clause({"11-6", "13-8"})
    void whoeverIsNotAuthenticatedGetsInvalidClient(At at) {
        NimbusRelyingParty stranger =
                new NimbusRelyingParty(
                        at.metadata(REALM),
                        () -> new ClientSecretBasic(new ClientID("stranger"), new Secret("x")));

        assertThat(error(stranger.start(NimbusRelyingPartyIT::alice)).getCode())
                .isEqualTo("invalid_client");
        assertThat(error(stranger.start(NimbusRelyingPartyIT::alice)).getHTTPStatusCode())
                .isEqualTo(401);
        assertThat(stranger.pollError(new AuthRequestID())).isEqualTo("invalid_client");
    }

    @Test
    @Clause({"11-7", "13-5"})
    void clientWithoutTheGrantIsUnauthorized() {
        NimbusRelyingParty other = rp(At.DOCUMENTED, "without-grant");

        ErrorObject error = error(other.start(NimbusRelyingPartyIT::alice));

        assertThat(error.getCode()).isEqualTo("unauthorized_client");
        assertThat(error.getHTTPStatusCode()).isEqualTo(400);
        assertThat(other.pollError(new AuthRequestID())).isEqualTo("unauthorized_client");
    }

    @Test
    @Clause({"7.1-5", "13-2"})
    void scopeMustHaveOpenidAndNothingUnknown() {
        NimbusRelyingParty rp = rp(At.DOCUMENTED, "gas-pump");

        ErrorObject withoutOpenid =
                error(rp.start(new Scope("email"), NimbusRelyingPartyIT::alice, request -> {}));
        ErrorObject unknown =
                error(
                        rp.start(
                                new Scope("openid", "no-such-scope"),
                                NimbusRelyingPartyIT::alice,
                                request -> {}));

        assertThat(withoutOpenid.getCode()).isEqualTo("invalid_scope");
        assertThat(unknown.getCode()).isEqualTo("invalid_scope");
        assertThat(unknown.getHTTPStatusCode()).isEqualTo(400);
    }

    @Test
    @Clause({"7.1-9", "7.1-14", "7.2-5", "13-1"})
    void exactlyOneHintIsNeeded() {
        NimbusRelyingParty rp = rp(At.DOCUMENTED, "gas-pump");

        ErrorObject none =
                error(rp.start(openid(), NimbusRelyingPartyIT::alice, without("login_hint")));
        ErrorObject two =
                error(
                        rp.start(
                                openid(),
                                NimbusRelyingPartyIT::alice,
                                with("login_hint_token", "a-token-of-any-kind")));

        assertThat(none.getCode()).isEqualTo("invalid_request");
        assertThat(none.getHTTPStatusCode()).isEqualTo(400);
        assertThat(two.getCode()).isEqualTo("invalid_request");
    }

    @Test
    @Clause({"7.2-3", "13-1"})
    void missingScopeAndRepeatedParametersAreInvalid() {
        NimbusRelyingParty rp = rp(At.DOCUMENTED, "gas-pump");

        assertThat(
                        error(rp.start(openid(), NimbusRelyingPartyIT::alice, without("scope")))
                                .getCode())
                .isEqualTo("invalid_request");
        assertThat(
                        error(
                                        rp.start(
                                                openid(),
                                                NimbusRelyingPartyIT::alice,
                                                request ->
                                                        request.setBody(
                                                                request.getBody()
                                                                        + "&login_hint=bob")))
                                .getCode())
                .isEqualTo("invalid_request");
    }

    @Test
    @Clause({"7.2-4", "7.2-6", "13-4"})
    void unknownUserIsSaid() {
        ErrorObject error =
                error(rp(At.DOCUMENTED, "gas-pump").start(request -> request.loginHint("nobody")));

        assertThat(error.getCode()).isEqualTo("unknown_user_id");
        assertThat(error.getHTTPStatusCode()).isEqualTo(400);
    }

    @Test
    @Clause({"7.1-11", "13-7"})
    void bindingMessageThatNobodyCanReadIsInvalid() {
        ErrorObject error =
                error(
                        rp(At.DOCUMENTED, "gas-pump")
                                .start(
                                        request ->
                                                request.loginHint("alice")
                                                        .bindingMessage("line\nbreak")));

        assertThat(error.getCode()).isEqualTo("invalid_binding_message");
        assertThat(error.getHTTPStatusCode()).isEqualTo(400);
    }

    @Test
    @Clause("13-9")
    void userWithoutVerifiedAddressIsDeniedAtOnce() {
        ErrorObject error =
                error(rp(At.DOCUMENTED, "gas-pump").start(request -> request.loginHint("bob")));

        assertThat(error.getCode()).isEqualTo("access_denied");
        assertThat(error.getHTTPStatusCode()).isEqualTo(403);
    }

    @Test
    @Clause({"7.1-13", "7.3-4"})
    void requestedExpiryIsHonoured() {
        CIBAResponse response =
                rp(At.DOCUMENTED, "gas-pump")
                        .start(request -> request.loginHint("alice").requestedExpiry(33));

        assertThat(response.toRequestAcknowledgement().getExpiresIn()).isEqualTo(33);
    }

    @Test
    @Clause({"7.1-8", "7.2-7"})
    void unknownAcrValuesAndParametersAreIgnored() {
        CIBAResponse response =
                rp(At.DOCUMENTED, "gas-pump")
                        .start(
                                request ->
                                        request.loginHint("alice")
                                                .acrValues(List.of(new ACR("no-such-level")))
                                                .customParameter("no_such_parameter", "x"));

        assertThat(response.indicatesSuccess()).isTrue();
    }

    @Test
    @Clause({"10.1-2", "11-8"})
    void pollWithoutAnIdIsInvalid() throws Exception {
        NimbusRelyingParty rp = rp(At.DOCUMENTED, "gas-pump");
        HTTPRequest request =
                new HTTPRequest(HTTPRequest.Method.POST, rp.metadata().getTokenEndpointURI());
        rp.credentials().get().applyTo(request);
        request.setContentType("application/x-www-form-urlencoded");
        request.setBody("grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba");

        TokenResponse answer = TokenResponse.parse(request.send());

        assertThat(NimbusRelyingParty.codeOf(answer)).isEqualTo("invalid_request");
    }

    private static NimbusRelyingParty rp(At at, String client) {
        return at.client(REALM, client);
    }

    private static CIBARequest.Builder alice(CIBARequest.Builder request) {
        return request.loginHint("alice");
    }

    private static Scope openid() {
        return new Scope("openid");
    }

    private static Consumer<HTTPRequest> without(String name) {
        return changed(parameters -> parameters.removeIf(p -> p.startsWith(name + "=")));
    }

    private static Consumer<HTTPRequest> with(String name, String value) {
        return changed(parameters -> parameters.add(name + "=" + value));
    }

    private static Consumer<HTTPRequest> changed(Consumer<List<String>> change) {
        return request -> {
            List<String> parameters = new ArrayList<>(List.of(request.getBody().split("&")));
            change.accept(parameters);
            request.setBody(String.join("&", parameters));
        };
    }

    private static ErrorObject error(CIBAResponse response) {
        assertThat(response.indicatesSuccess()).isFalse();
        return response.toErrorResponse().getErrorObject();
    }

    /** One word, as Keycloak's own endpoint takes no spaces. */
    private static String message() {
        return "pump-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static ReceivedMail mailWith(RealmFixture realm, String message) {
        return realm.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT);
    }
}
