// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** "This was not me", said after an approval: what it ends, and what it leaves alone. */
@Timeout(60)
class RevocationIT {
    private static final String CIBA_EVENTS = "AUTHREQID_TO_TOKEN_ERROR";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(RevocationIT::change);

    private final RelyingParty pump = REALM.gasPump();
    private final RelyingParty otherApp = REALM.gasPumpPost();

    private static void change(RealmDocument realm) {
        for (String user :
                List.of(
                        "ada", "ben", "cat", "dan", "eva", "fay", "gus", "hal", "ida", "jon", "kim",
                        "lea", "max")) {
            realm.addUser(user);
        }
        for (String user : List.of("cat", "dan")) {
            realm.user(user).putArray("realmRoles").add("offline_access");
        }
        realm.addClient("light-pump", "light-pump-secret");
        realm.clientAttribute("light-pump", "client.use.lightweight.access.token.enabled", "true");
        realm.addClient("exchanger", "exchanger-secret");
        realm.clientAttribute("exchanger", "standard.token.exchange.enabled", "true");
        realm.clientAttribute(
                "exchanger",
                "standard.token.exchange.enableRefreshRequestedTokenType",
                "SAME_SESSION");
        Access.letIntrospect(realm, "gas-pump", "gas-pump-post", "light-pump", "exchanger");
        ObjectNode audience =
                realm.client("gas-pump").withArrayProperty("protocolMappers").addObject();
        audience.put("name", "exchanger")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper")
                .withObjectProperty("config")
                .put("included.client.audience", "exchanger")
                .put("access.token.claim", "true");
    }

    @Test
    void endsTheAccessAndSaysSo() {
        Access access = Access.approved(REALM, pump, "ada", "openid profile");
        Answer tokens = access.redeem();
        access.assertAlive(tokens);

        access.revoke();

        access.assertEnded(tokens);
        Answer page = access.page();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("The application", "has lost its access to your account")
                .contains("it cannot ask you for 15 min")
                .doesNotContain("ciba-revoke-form");
        assertThat(pump.poll(access.started().authReqId()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void endsTheTokensOfKeycloaksOwnEndpoint() {
        Access access = Access.approved(REALM, pump.atKeycloakEndpoints(), "ben", "openid");
        Answer tokens = access.redeem();
        assertThat(tokens.text("refresh_token")).isNotEmpty();
        Answer refreshed = access.refresh(tokens);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);

        access.revoke();

        access.assertEnded(tokens);
        access.assertEnded(refreshed);
    }

    @Test
    void endsOfflineTokensAndThoseOfNoOtherApproval() {
        Access earlier = Access.approved(REALM, pump, "cat", "openid offline_access");
        Answer kept = earlier.redeem();
        Access access = Access.approved(REALM, pump, "cat", "openid offline_access");
        Answer tokens = access.redeem();
        Answer refreshed = access.refresh(tokens);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);

        access.revoke();

        access.assertEnded(tokens);
        access.assertEnded(refreshed);
        earlier.assertAlive(kept);
        assertThat(earlier.refresh(kept).status()).isEqualTo(200);
    }

    @Test
    void endsOfflineTokensOfKeycloaksOwnEndpoint() {
        Access access =
                Access.approved(REALM, pump.atKeycloakEndpoints(), "dan", "openid offline_access");
        Answer tokens = access.redeem();
        Answer refreshed = access.refresh(tokens);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);

        access.revoke();

        access.assertEnded(tokens);
        access.assertEnded(refreshed);
    }

    @Test
    void endsWhatWasExchangedFromTheTokens() {
        Access access = Access.approved(REALM, pump, "eva", "openid");
        Answer tokens = access.redeem();
        RelyingParty exchanger = REALM.relyingParty("exchanger");
        Access exchanged = new Access(REALM, exchanger, access.started(), access.link());
        Answer other = exchange(exchanger, tokens, "access_token");
        Answer refreshable = exchange(exchanger, tokens, "refresh_token");
        exchanged.assertAlive(other);
        assertThat(exchanged.refresh(refreshable).status()).isEqualTo(200);

        access.revoke();

        exchanged.assertEnded(other);
        exchanged.assertEnded(refreshable);
        assertThat(exchange(exchanger, tokens, "access_token", 400).status()).isEqualTo(400);
    }

    private static Answer exchange(RelyingParty exchanger, Answer tokens, String type) {
        return exchange(exchanger, tokens, type, 200);
    }

    private static Answer exchange(RelyingParty exchanger, Answer tokens, String type, int status) {
        Answer answer =
                exchanger.send(
                        REALM.url("/protocol/openid-connect/token"),
                        Form.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:token-exchange",
                                "scope",
                                "openid",
                                "subject_token",
                                tokens.text("access_token"),
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token",
                                "requested_token_type",
                                "urn:ietf:params:oauth:token-type:" + type));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    @Test
    void endsLightweightTokens() {
        RelyingParty light = REALM.relyingParty("light-pump");
        Access access = Access.approved(REALM, light, "fay", "openid");
        Answer tokens = access.redeem();
        assertThat(access.isActive(tokens)).isTrue();

        access.revoke();

        assertThat(access.isActive(tokens)).isFalse();
    }

    @Test
    void leavesOtherSessionsAndClientsAlone() {
        Access ofOtherApp = Access.approved(REALM, otherApp, "gus", "openid");
        Answer otherTokens = ofOtherApp.redeem();
        Access earlier = Access.approved(REALM, pump, "gus", "openid");
        Answer earlierTokens = earlier.redeem();
        Access access = Access.approved(REALM, pump, "gus", "openid");
        Answer tokens = access.redeem();

        access.revoke();

        access.assertEnded(tokens);
        earlier.assertAlive(earlierTokens);
        ofOtherApp.assertAlive(otherTokens);
    }

    @Test
    void blocksTheClientForThisUserAsAReportDoes() {
        Access pending = Access.asked(REALM, pump, "hal", "openid");
        Access access = Access.approved(REALM, pump, "hal", "openid");
        access.redeem();

        access.revoke();

        Answer again = pump.start("hal", "again");
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.error()).isEqualTo("access_denied");
        assertThat(pump.poll(pending.started().authReqId()).error()).isEqualTo("access_denied");
        assertThat(otherApp.start("hal", "another application").status()).isEqualTo(200);
        assertThat(pump.start("alice", "another user").status()).isEqualTo(200);
    }

    @Test
    void approvalThatWasNotUsedIsTakenBack() {
        for (RelyingParty client : List.of(pump, pump.atKeycloakEndpoints())) {
            String user = client == pump ? "ida" : "jon";
            Access access = Access.approved(REALM, client, user, "openid");

            access.revoke();

            assertThat(access.page().body()).contains("had not used the approval yet");
            assertThat(client.poll(access.started().authReqId()).error())
                    .isEqualTo("access_denied");
            assertThat(client.poll(access.started().authReqId()).json().has("access_token"))
                    .isFalse();
        }
    }

    @Test
    void secondPressChangesNothing() {
        Access access = Access.approved(REALM, pump, "kim", "openid");
        Answer tokens = access.redeem();
        String token = ApprovalForm.open(access.link()).token();
        access.form(token).press("revoke", "true");
        String shown = access.page().body();

        access.form(token).press("revoke", "true");

        assertThat(access.page().body()).isEqualTo(shown);
        access.assertEnded(tokens);
        assertThat(events(access)).hasSize(1);
    }

    @Test
    void isAnEventOfItsOwnAndInTheHistory() {
        Access access = Access.approved(REALM, pump, "lea", "openid");
        access.redeem();

        access.revoke();

        JsonNode event = events(access).get(0);
        assertThat(event.path("error").asText()).isEqualTo("approval_revoked");
        assertThat(event.path("clientId").asText()).isEqualTo("gas-pump");
        assertThat(event.path("userId").asText()).isEqualTo(REALM.userId("lea"));
        JsonNode details = event.path("details");
        assertThat(details.path("ciba_result").asText()).isEqualTo("CIBA Authentication Failed");
        assertThat(details.path("decision").asText()).isEqualTo("revoked");
        assertThat(details.path("reason").asText()).isEqualTo("access_ended");
        assertThat(details.path("approval_mode").asText()).isEqualTo("link");
        Answer history =
                REALM.admin()
                        .call(
                                "GET",
                                "/%s/ciba/requests/%s/history"
                                        .formatted(REALM.name(), access.started().authReqId()),
                                null);
        assertThat(history.body()).contains("\"ciba_event\":\"revoked\"");
        Answer filtered =
                REALM.admin()
                        .call(
                                "GET",
                                "/%s/ciba/history?ciba_event=revoked".formatted(REALM.name()),
                                null);
        assertThat(filtered.body()).contains(access.started().authReqId());
    }

    @Test
    void clientThatEndsItsSessionItselfIsBlockedAsWell() {
        Access access = Access.approved(REALM, pump, "max", "openid");
        access.redeem();
        REALM.admin()
                .call(
                        "POST",
                        "/%s/users/%s/logout".formatted(REALM.name(), REALM.userId("max")),
                        null);

        access.revoke();

        assertThat(access.page().body()).contains("has lost its access");
        assertThat(pump.start("max", "again").status()).isEqualTo(403);
    }

    private static List<JsonNode> events(Access access) {
        return REALM.admin().events(REALM.name(), CIBA_EVENTS).stream()
                .filter(
                        event ->
                                event.path("details").path("ciba_event").asText().equals("revoked")
                                        && event.path("details")
                                                .path("auth_req_id")
                                                .asText()
                                                .equals(access.started().authReqId()))
                .toList();
    }
}
