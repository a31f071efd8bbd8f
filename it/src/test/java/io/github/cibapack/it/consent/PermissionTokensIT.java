// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that asks for a token with permissions at an API of Keycloak's Authorization Services
 * (UMA 2.0) gets by it nothing that its own tokens of the approval do not have.
 */
@NeedsKeycloak(value = "26.7", because = "interceptors of tokens")
class PermissionTokensIT {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:uma-ticket";
    private static final String ID_TOKEN =
            "http://openid.net/specs/openid-connect-core-1_0.html#IDToken";
    private static final String ROLE = "teller";
    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    /** What the client shows. */
    private enum Shown {
        ACCESS_TOKEN,
        ID_TOKEN,
        /** Of a refresh, when nothing but the offline session is left. */
        OFFLINE_ACCESS_TOKEN,
        OFFLINE_ID_TOKEN;

        boolean isOffline() {
            return name().startsWith("OFFLINE");
        }

        boolean isIdToken() {
            return name().endsWith("ID_TOKEN");
        }
    }

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PermissionTokensIT::prepare);

    private static void prepare(RealmDocument realm) {
        Apis.addTo(realm);
        realm.client("gas-pump").put("fullScopeAllowed", false);
        for (String api : List.of("payments-api", "accounts-api", "loans-api")) {
            ObjectNode client = realm.client(api);
            client.put("fullScopeAllowed", true)
                    .put("serviceAccountsEnabled", true)
                    .put("authorizationServicesEnabled", true);
            ObjectNode settings = client.putObject("authorizationSettings");
            settings.put("policyEnforcementMode", "PERMISSIVE");
            settings.putArray("resources").addObject().put("name", "Ledger");
        }
    }

    @BeforeAll
    static void makeRole() {
        new Scopes(REALM).role(ROLE);
    }

    @ParameterizedTest
    @EnumSource
    void isForNoApiThatTheClientsOwnTokensAreNotFor(Shown shown) {
        Answer refused = permissions(shown, approved(shown, Form.of()), "loans-api");

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_target");
    }

    @ParameterizedTest
    @EnumSource
    void isForNoOtherResourceThanTheApprovedOnes(Shown shown) throws ParseException {
        Answer tokens = approved(shown, Form.of("resource", Apis.PAYMENTS));

        Answer other = permissions(shown, tokens, "accounts-api");
        Answer same = permissions(shown, tokens, "payments-api");

        assertThat(other.status()).as(other.body()).isEqualTo(400);
        assertThat(other.error()).isEqualTo("invalid_target");
        assertThat(same.status()).as(same.body()).isEqualTo(200);
        assertThat(Apis.audience(same)).containsExactly("payments-api");
    }

    @ParameterizedTest
    @EnumSource
    void hasNoRolesAndScopesOfTheApi(Shown shown) throws ParseException {
        Answer tokens = approved(shown, Form.of());

        Answer permissions = permissions(shown, tokens, "payments-api");

        assertThat(permissions.status()).as(permissions.body()).isEqualTo(200);
        JWTClaimsSet own = claims(tokens);
        JWTClaimsSet got = claims(permissions);
        assertThat(got.getJSONObjectClaim("authorization")).containsKey("permissions");
        assertThat(got.getAudience()).containsExactly("payments-api");
        assertThat(got.getClaim("scope")).isEqualTo(own.getClaim("scope"));
        assertThat(got.getClaim("realm_access")).isEqualTo(own.getClaim("realm_access"));
        assertThat(got.getJSONObjectClaim("resource_access")).isNullOrEmpty();
        assertThat(got.toString()).doesNotContain(ROLE);
    }

    private static Answer approved(Shown shown, Form more) {
        String message = "Order-" + UUID.randomUUID();
        String user = OpenRequest.somebody(REALM);
        new Scopes(REALM).grant(user, ROLE);
        OpenRequest request =
                OpenRequest.saying(
                        message,
                        REALM,
                        REALM.gasPump(),
                        more.and("scope", shown.isOffline() ? "openid offline_access" : "openid")
                                .and("login_hint", user)
                                .and("binding_message", message));
        request.decide("approve");
        return shown.isOffline() ? fromOffline(request.result()) : request.result();
    }

    private static Answer fromOffline(Answer tokens) {
        String online = "/" + REALM.name() + "/sessions/" + session(tokens) + "?isOffline=false";
        // Keycloak may have removed it itself
        assertThat(REALM.admin().call("DELETE", online, null).status()).isIn(204, 404);
        Answer refreshed =
                REALM.gasPump()
                        .send(
                                REALM.url(TOKEN_ENDPOINT),
                                Form.of("grant_type", "refresh_token")
                                        .and("refresh_token", tokens.text("refresh_token")));
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        return refreshed;
    }

    private static String session(Answer tokens) {
        try {
            return claims(tokens).getStringClaim("sid");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer permissions(Shown shown, Answer tokens, String api) {
        Form form = Form.of("grant_type", GRANT, "audience", api, "permission", "Ledger");
        return REALM.gasPump()
                .send(
                        REALM.url(TOKEN_ENDPOINT),
                        shown.isIdToken()
                                ? form.and("claim_token", tokens.text("id_token"))
                                        .and("claim_token_format", ID_TOKEN)
                                : form.and("subject_token", tokens.text("access_token")));
    }

    private static JWTClaimsSet claims(Answer tokens) throws ParseException {
        return SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet();
    }
}
