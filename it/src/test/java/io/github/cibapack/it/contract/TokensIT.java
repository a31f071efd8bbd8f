// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a relying party gets for an approval, and what stays behind. */
class TokensIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(TokensIT::change);

    private final RelyingParty pump = REALM.gasPump();

    private static void change(RealmDocument realm) {
        realm.attribute("acr.loa.map", "{\"silver\":\"1\",\"gold\":\"2\"}");
        realm.addClient("telling-pump", "telling-pump-secret")
                .withArrayProperty("protocolMappers")
                .addObject()
                .put("name", "request")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "ciba-request-mapper")
                .withObjectProperty("config")
                .put("auth_req_id.claim", "ciba_request")
                .put("binding_message.claim", "ciba_message")
                .put("id.token.claim", "true")
                .put("access.token.claim", "true");
        realm.addClient("careless-pump", "careless-pump-secret")
                .withArrayProperty("protocolMappers")
                .addObject()
                .put("name", "request")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "ciba-request-mapper")
                .withObjectProperty("config")
                .put("binding_message.claim", "realm_access")
                .put("access.token.claim", "true");
        realm.addClient("bound-pump", "bound-pump-secret");
        realm.clientAttribute("bound-pump", "dpop.bound.access.tokens", "true");
        realm.addClient("consent-pump", "consent-pump-secret").put("consentRequired", true);
        for (String user :
                new String[] {"ann", "ben", "cat", "dan", "eva", "fay", "gus", "hal", "ida"}) {
            realm.addUser(user);
        }
        realm.user("ida").remove("realmRoles");
    }

    @Test
    void oneTimeApprovalLeavesNoConsent() {
        Answer tokens = redeem(pump, "ann", Form.of("scope", "openid email profile"));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(consents("ann")).isEmpty();
    }

    @Test
    void oneTimeApprovalLeavesNoConsentAtKeycloaksEndpoint() {
        RelyingParty keycloak = pump.atKeycloakEndpoints();
        Answer tokens =
                redeem(keycloak, "ben", Form.of("scope", "openid", "binding_message", "Bens"));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(consents("ben")).isEmpty();
    }

    @Test
    void consentThatWasThereStaysAsItWas() {
        RelyingParty party = REALM.relyingParty("consent-pump");
        assertThat(redeem(party, "cat", Form.of("scope", "openid")).status()).isEqualTo(200);
        JsonNode before = consents("cat");
        assertThat(before).hasSize(1);
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        "consent-pump",
                        client -> client.put("consentRequired", false));

        Answer tokens = redeem(party, "cat", Form.of("scope", "openid phone address"));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(consents("cat")).isEqualTo(before);
    }

    @NeedsKeycloak(
            value = "26.5",
            because = "before, tokens come with a refresh token, asked for or not")
    @Test
    void earlierOfflineTokenOutlivesALaterApproval() {
        Answer offline = redeem(pump, "dan", Form.of("scope", "openid offline_access"));
        assertThat(offline.text("refresh_token")).as(offline.body()).isNotEmpty();

        Answer later = redeem(pump, "dan", Form.of("scope", "openid"));
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.text("refresh_token")).isEmpty();

        Answer refreshed =
                pump.send(
                        pump.tokenEndpoint(),
                        Form.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                offline.text("refresh_token")));
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
    }

    @NeedsKeycloak(
            value = "26.5",
            because = "before, tokens come with a refresh token, asked for or not")
    @Test
    void userWhoMayHaveNoOfflineTokenGetsTheOthers() {
        Answer tokens = redeem(pump, "ida", Form.of("scope", "openid offline_access"));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("refresh_token")).isEmpty();
        assertThat(tokens.text("scope")).doesNotContain("offline_access");
    }

    @Test
    void mapperTellsWhichRequestTheTokensAreFor() {
        RelyingParty telling = REALM.relyingParty("telling-pump");
        Form form = Form.of("scope", "openid", "binding_message", "Säule 4 ⛽");
        Answer started = start(telling, "eva", form);
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        Answer tokens = telling.poll(started.authReqId());

        for (String token : new String[] {"id_token", "access_token"}) {
            JWTClaimsSet claims = claims(tokens.text(token));
            assertThat(claims.getClaim("ciba_request")).isEqualTo(started.authReqId());
            assertThat(claims.getClaim("ciba_message")).isEqualTo("Säule 4 ⛽");
        }
    }

    @Test
    void mapperNeverTakesTheNameOfAClaimOfKeycloak() {
        RelyingParty careless = REALM.relyingParty("careless-pump");
        Form form = Form.of("scope", "openid", "binding_message", "admin");
        JWTClaimsSet claims = claims(redeem(careless, "fay", form).text("access_token"));
        assertThat(claims.getClaim("realm_access")).isNotEqualTo("admin");

        ObjectNode mapper = REALM.admin().client(REALM.name(), "careless-pump").deepCopy();
        Answer refused =
                REALM.admin()
                        .call(
                                "POST",
                                "/%s/clients/%s/protocol-mappers/models"
                                        .formatted(REALM.name(), mapper.path("id").asText()),
                                mapper.objectNode()
                                        .put("name", "second")
                                        .put("protocol", "openid-connect")
                                        .put("protocolMapper", "ciba-request-mapper")
                                        .set(
                                                "config",
                                                mapper.objectNode()
                                                        .put("auth_req_id.claim", "sub")));
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void tokensDoNotClaimALevelThatNobodyReached() {
        Answer tokens = redeem(pump, "gus", Form.of("scope", "openid", "acr_values", "gold"));
        assertThat(claims(tokens.text("id_token")).getClaim("acr")).isEqualTo("0");
        assertThat(claims(tokens.text("id_token")).getClaim("amr")).isNull();
    }

    @Test
    void tokensAreBoundToTheKeyOfTheProof() throws JOSEException {
        RelyingParty bound = REALM.relyingParty("bound-pump");
        SigningKey key = SigningKey.generate();
        Answer started = start(bound, "hal", Form.of("scope", "openid"));
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()));

        assertThat(bound.poll(started.authReqId()).status()).isEqualTo(400);
        Answer tokens = pollWithProof(bound, started.authReqId(), key);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        assertThat(claims(tokens.text("access_token")).getClaim("cnf"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("jkt", key.jwk().computeThumbprint().toString());
    }

    @Test
    @Tag("CIBA-Core-11")
    void userWithARequiredActionGetsNoTokensUntilItIsDone() {
        Answer started = start(pump, "alice", Form.of("scope", "openid"));
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        requireAction("UPDATE_PASSWORD");
        Answer refused = pump.poll(started.authReqId());
        requireAction();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    private static void requireAction(String... actions) {
        REALM.admin()
                .updateUser(
                        REALM.name(),
                        "alice",
                        user -> {
                            var list = user.putArray("requiredActions");
                            for (String action : actions) {
                                list.add(action);
                            }
                        });
    }

    private static Answer pollWithProof(RelyingParty party, String authReqId, SigningKey key) {
        String proof =
                key.sign(
                        new JWTClaimsSet.Builder()
                                .jwtID(UUID.randomUUID().toString())
                                .claim("htm", "POST")
                                .claim("htu", party.tokenEndpoint().toString())
                                .issueTime(Date.from(Instant.now()))
                                .build(),
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new JOSEObjectType("dpop+jwt"))
                                .jwk(key.jwk().toPublicJWK())
                                .build());
        Form form = Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", authReqId);
        return RelyingParty.exchange(
                HttpRequest.newBuilder(party.tokenEndpoint())
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", party.basic())
                        .header("DPoP", proof)
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build());
    }

    private static Answer start(RelyingParty party, String username, Form form) {
        Answer started = party.start(form.and("login_hint", username));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private static Answer redeem(RelyingParty party, String username, Form form) {
        Answer started = start(party, username, form);
        MailReader.approves(
                REALM.mailbox()
                        .await(
                                mail ->
                                        mail.to().contains(username + "@ciba-demo.example")
                                                && (mail.mentions(started.authReqId())
                                                        || mail.mentions("Bens")),
                                Duration.ofSeconds(30)));
        return party.poll(started.authReqId());
    }

    private static JsonNode consents(String username) {
        return REALM.admin()
                .call(
                        "GET",
                        "/%s/users/%s/consents".formatted(REALM.name(), REALM.userId(username)),
                        null)
                .json();
    }

    private static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
