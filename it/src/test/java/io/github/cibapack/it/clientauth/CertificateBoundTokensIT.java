// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clientauth;

import static io.github.cibapack.it.clientauth.KeyHolder.OWN;
import static io.github.cibapack.it.clientauth.KeyHolder.TIME_LIMIT;
import static io.github.cibapack.it.clientauth.KeyHolder.WITH;
import static io.github.cibapack.it.clientauth.KeyHolder.WITHOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ClientCertificate;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are worth nothing without the certificate they were given to (RFC 8705 §3). */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the key files are on this machine, not in the container")
class CertificateBoundTokensIT {

    private static final String CLIENT = "bound-pump";
    private static final String API = "ledger";
    private static final Form CREDENTIALS =
            Form.of("client_id", CLIENT, "client_secret", "bound-pump-secret");
    private static final ClientCertificate OTHER =
            HttpsServer.certificates().identity("CN=thief,O=CIBA Demo");
    private static final HttpClient WITH_OTHER = HttpsServer.http(OTHER.context());

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .sharing(HttpsServer::shared)
                    .with(CertificateBoundTokensIT::addBoundClient);

    private static void addBoundClient(RealmDocument realm) {
        realm.addClient(CLIENT, "bound-pump-secret");
        realm.clientAttribute(CLIENT, "tls.client.certificate.bound.access.tokens", "true");
        realm.client(CLIENT)
                .withArray("/protocolMappers")
                .addObject()
                .put("name", API)
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .putObject("config")
                .put("included.client.audience", API)
                .put("access.token.claim", "true");
        ObjectNode settings =
                realm.addClient(API, "ledger-secret")
                        .put("serviceAccountsEnabled", true)
                        .put("authorizationServicesEnabled", true)
                        .putObject("authorizationSettings");
        settings.put("policyEnforcementMode", "PERMISSIVE");
        settings.putArray("resources").addObject().put("name", "Ledger");
        realm.addUser("dan").putArray("realmRoles").add("offline_access");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tokensAreBoundToTheCertificateOfThePoll(boolean documented) throws ParseException {
        Answer tokens = poll(WITH, documented, approved(documented));

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        JWTClaimsSet access = SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet();
        assertThat(access.getClaim("cnf")).isEqualTo(Map.of("x5t#S256", OWN.thumbprint()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pollWithoutACertificateGetsNothingAndLosesNothing(boolean documented) {
        String authReqId = approved(documented);

        Answer refused = poll(WITHOUT, documented, authReqId);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        Answer tokens = poll(WITH, documented, authReqId);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void accessTokenOpensNothingForAnotherCertificate(boolean documented) {
        String token = poll(WITH, documented, approved(documented)).text("access_token");

        assertThat(userInfo(WITH_OTHER, token).status()).isEqualTo(401);
        assertThat(userInfo(WITHOUT, token).status()).isEqualTo(401);
        Answer own = userInfo(WITH, token);
        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(own.text("sub")).isEqualTo(REALM.userId("dan"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refreshTokenIsBoundToo(boolean documented) {
        String token = poll(WITH, documented, approved(documented)).text("refresh_token");
        assertThat(token).isNotEmpty();
        Form refresh = Form.of("grant_type", "refresh_token", "refresh_token", token);

        for (HttpClient thief : new HttpClient[] {WITH_OTHER, WITHOUT}) {
            Answer refused = post(thief, tokenEndpoint(documented), refresh);
            assertThat(refused.status()).as(refused.body()).isBetween(400, 401);
            assertThat(refused.text("access_token")).isEmpty();
        }
        Answer refreshed = post(WITH, tokenEndpoint(documented), refresh);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
    }

    /** With permissions at an API (UMA 2.0), for which Keycloak asks for no certificate. */
    @NeedsKeycloak(value = "26.7", because = "interceptors of tokens")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tokenWithPermissionsIsBoundToo(boolean documented) throws ParseException {
        Answer tokens = poll(WITH, documented, approved(documented));
        URI endpoint = tokenEndpoint(documented);
        Form asking =
                Form.of("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket")
                        .and("audience", API)
                        .and("permission", "Ledger");

        Answer own = post(WITH, endpoint, asking.and("subject_token", tokens.text("access_token")));
        Answer thiefs =
                post(
                        WITHOUT,
                        endpoint,
                        asking.and("claim_token", tokens.text("id_token"))
                                .and(
                                        "claim_token_format",
                                        "http://openid.net/specs/openid-connect-core-1_0.html#IDToken"));

        assertThat(own.status()).as(own.body()).isEqualTo(200);
        JWTClaimsSet access = SignedJWT.parse(own.text("access_token")).getJWTClaimsSet();
        assertThat(access.getClaim("cnf")).isEqualTo(Map.of("x5t#S256", OWN.thumbprint()));
        assertThat(thiefs.text("access_token")).as(thiefs.body()).isEmpty();
        assertThat(thiefs.error()).isEqualTo("invalid_target");
    }

    /** The id of a request that its user has approved. */
    private static String approved(boolean documented) {
        String message = "P" + UUID.randomUUID().toString().substring(0, 8);
        Answer started =
                post(
                        WITH,
                        documented
                                ? REALM.url("/as/cibaAuthorization")
                                : REALM.url("/protocol/openid-connect/ext/ciba/auth"),
                        Form.of("scope", "openid offline_access", "login_hint", "dan")
                                .and("binding_message", message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.approves(
                REALM.mailbox().await(mail -> mail.mentions(message), TIME_LIMIT), WITHOUT);
        return started.authReqId();
    }

    private static Answer poll(HttpClient http, boolean documented, String authReqId) {
        return post(
                http,
                tokenEndpoint(documented),
                Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", authReqId));
    }

    private static URI tokenEndpoint(boolean documented) {
        return documented ? REALM.url("/as/token") : REALM.url("/protocol/openid-connect/token");
    }

    private static Answer post(HttpClient http, URI uri, Form form) {
        return KeyHolder.post(http, uri, form.and(CREDENTIALS));
    }

    private static Answer userInfo(HttpClient http, String accessToken) {
        return RelyingParty.exchange(
                http,
                HttpRequest.newBuilder(
                                HttpsServer.https(REALM.url("/protocol/openid-connect/userinfo")))
                        .timeout(TIME_LIMIT)
                        .header("Authorization", "Bearer " + accessToken)
                        .build());
    }
}
