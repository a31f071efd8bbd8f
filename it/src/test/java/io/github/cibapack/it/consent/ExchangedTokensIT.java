// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that exchanges the tokens of an approval for others of its own (RFC 8693) gets no more
 * than the user has read, whether the session of the first ones is online or offline.
 */
@NeedsKeycloak(value = "26.7", because = "interceptors of tokens")
class ExchangedTokensIT {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";
    private static final String APPROVED = "wash";
    private static final String NOT_APPROVED = "fuel";
    private static final String DETAILS =
            "[{\"type\":\"payment_initiation\",\"creditorName\":\"Merchant\"}]";

    /** What is exchanged. */
    private enum Subject {
        ONLINE(""),
        OFFLINE(" offline_access"),
        REFRESHED(" offline_access");

        private final String furtherScope;

        Subject(String furtherScope) {
            this.furtherScope = furtherScope;
        }
    }

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ExchangedTokensIT::prepare);

    private static void prepare(RealmDocument realm) {
        Apis.addTo(realm);
        realm.clientAttribute("gas-pump", "standard.token.exchange.enabled", "true");
    }

    @BeforeAll
    static void makeScopes() {
        Scopes scopes = new Scopes(REALM);
        scopes.optional(APPROVED);
        scopes.optional(NOT_APPROVED);
        scopes.optional("payments", "authorization_details.types", "payment_initiation");
    }

    @ParameterizedTest
    @EnumSource
    void areForTheApprovedResourcesAlone(Subject subject) throws ParseException {
        Answer tokens = approved(subject);

        Answer exchanged = exchange(tokens, "openid");

        assertThat(exchanged.status()).as(exchanged.body()).isEqualTo(200);
        assertThat(Apis.audience(exchanged)).containsExactly(Apis.PAYMENTS);
    }

    @ParameterizedTest
    @EnumSource
    void haveNoScopeThatWasNotApproved(Subject subject) {
        Answer tokens = approved(subject);

        Answer more = exchange(tokens, "openid " + NOT_APPROVED);
        Answer same = exchange(tokens, "openid " + APPROVED);

        assertThat(more.status()).as(more.body()).isEqualTo(400);
        assertThat(more.error()).isEqualTo("invalid_scope");
        assertThat(same.status()).as(same.body()).isEqualTo(200);
        assertThat(same.text("scope").split(" ")).contains(APPROVED).doesNotContain(NOT_APPROVED);
    }

    @ParameterizedTest
    @EnumSource
    void areForTheApprovedDetails(Subject subject) throws ParseException {
        Answer exchanged = exchange(approved(subject), "openid");

        assertThat(
                        SignedJWT.parse(exchanged.text("access_token"))
                                .getJWTClaimsSet()
                                .getClaim("authorization_details"))
                .isEqualTo(
                        List.of(Map.of("type", "payment_initiation", "creditorName", "Merchant")));
    }

    /** An approval by the link, which is level 0; also in what is refreshed afterwards. */
    @ParameterizedTest
    @EnumSource
    void claimNoHigherLevel(Subject subject) throws ParseException {
        Answer tokens = approved(subject);
        assertThat(level(tokens)).isEqualTo("0");

        Answer exchanged = exchange(tokens, "openid");

        assertThat(level(exchanged)).isEqualTo("0");
        if (subject != Subject.ONLINE) {
            assertThat(level(refreshed(tokens))).isEqualTo("0");
        }
    }

    private static String level(Answer tokens) throws ParseException {
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        return SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet().getStringClaim("acr");
    }

    private static Answer approved(Subject subject) {
        String message = "Order-" + UUID.randomUUID();
        OpenRequest request =
                OpenRequest.saying(
                        message,
                        REALM,
                        REALM.gasPump(),
                        Form.of("scope", "openid " + APPROVED + subject.furtherScope)
                                .and("login_hint", OpenRequest.somebody(REALM))
                                .and("binding_message", message)
                                .and("resource", Apis.PAYMENTS)
                                .and("authorization_details", DETAILS));
        request.decide("approve");
        Answer tokens = request.result();
        return subject == Subject.REFRESHED ? refreshed(tokens) : tokens;
    }

    private static Answer refreshed(Answer tokens) {
        Answer refreshed =
                send(
                        Form.of("grant_type", "refresh_token")
                                .and("refresh_token", tokens.text("refresh_token")));
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        return refreshed;
    }

    private static Answer exchange(Answer tokens, String scope) {
        return send(
                Form.of("grant_type", GRANT, "scope", scope)
                        .and("subject_token", tokens.text("access_token"))
                        .and("subject_token_type", TYPE));
    }

    private static Answer send(Form form) {
        RelyingParty pump = REALM.gasPump();
        return pump.send(REALM.url("/protocol/openid-connect/token"), form);
    }
}
