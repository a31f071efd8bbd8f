// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Minutes may lie between an approval and the poll that redeems it: what would stop a login now
 * stops the tokens. The same through both pairs of endpoints.
 */
class RedemptionIT {

    /** The two ways to start and to poll. */
    enum Through {
        DOCUMENTED,
        KEYCLOAK;

        RelyingParty of(RelyingParty client) {
            return this == DOCUMENTED ? client : client.atKeycloakEndpoints();
        }
    }

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(RedemptionIT::addPeople);

    private static void addPeople(RealmDocument realm) {
        for (Through through : Through.values()) {
            for (String what : new String[] {"disabled", "moved", "unverified", "out", "gone"}) {
                realm.addUser(what + "-" + through.name().toLowerCase(Locale.ROOT));
            }
        }
        realm.addClient("short-lived", "short-lived-secret");
    }

    @ParameterizedTest
    @EnumSource
    void disabledUserGetsNoTokens(Through through) {
        String user = user("disabled", through);
        Answer approved = approvedRequestOf(user, through);

        REALM.admin().updateUser(REALM.name(), user, u -> u.put("enabled", false));

        assertNoTokens(approved, through);
        assertThat(sessionsOf(user)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void userWithAnotherAddressGetsNoTokens(Through through) {
        String user = user("moved", through);
        Answer approved = approvedRequestOf(user, through);

        REALM.admin()
                .updateUser(
                        REALM.name(), user, u -> u.put("email", "new-" + user + "@example.org"));

        assertNoTokens(approved, through);
        assertThat(sessionsOf(user)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deletedUserGetsNoTokens(Through through) {
        String user = user("gone", through);
        Answer approved = approvedRequestOf(user, through);

        REALM.admin().deleteUser(REALM.name(), user);

        assertNoTokens(approved, through);
    }

    @ParameterizedTest
    @EnumSource
    void userWhoWasLoggedOutSinceGetsNoTokens(Through through) {
        String user = user("out", through);
        Answer approved = approvedRequestOf(user, through);
        awaitAnotherSecond();

        call("POST", "/users/" + REALM.userId(user) + "/logout");

        assertNoTokens(approved, through);
        assertThat(sessionsOf(user)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void realmWideLogoutCountsAsWell(Through through) {
        Answer approved = approvedRequestOf("alice", through);
        awaitAnotherSecond();
        long now = Instant.now().getEpochSecond();

        REALM.admin().updateRealm(REALM.name(), realm -> realm.put("notBefore", now));

        assertNoTokens(approved, through);
    }

    @Test
    void refusedRedemptionLeavesAnEventThatSaysWhy() {
        String user = "unverified-documented";
        Answer approved = approvedRequestOf(user, Through.DOCUMENTED);
        REALM.admin().updateUser(REALM.name(), user, u -> u.put("email", "other@example.org"));

        Answer poll = REALM.gasPump().poll(approved.authReqId());

        JsonNode event =
                REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR").stream()
                        .filter(
                                e ->
                                        e.path("details")
                                                .path("correlation_id")
                                                .asText()
                                                .equals(Documented.correlationId(poll)))
                        .findFirst()
                        .orElseThrow();
        assertThat(event.path("details").path("ciba_event").asText())
                .isEqualTo("redemption_refused");
        assertThat(event.path("details").path("reason").asText()).isNotEmpty();
        assertThat(event.path("details").path("auth_req_id").asText())
                .isEqualTo(approved.authReqId());
        assertThat(event.toString()).doesNotContain("@");
    }

    @Test
    void disabledClientGetsNoTokens() {
        RelyingParty client = REALM.relyingParty("short-lived");
        Answer started = client.start("alice", "Pump 4");
        Person.approves(REALM.mailbox().awaitMailFor(started.authReqId()));

        REALM.admin().updateClient(REALM.name(), "short-lived", c -> c.put("enabled", false));

        assertRefusal(client.poll(started.authReqId()), 401, "invalid_client");
    }

    private static void assertNoTokens(Answer approved, Through through) {
        for (int i = 0; i < 2; i++) {
            Answer poll = through.of(REALM.gasPump()).poll(approved.authReqId());
            if (through == Through.DOCUMENTED) {
                assertRefusal(poll, 400, "invalid_grant");
            } else if (i == 0) {
                assertThat(poll.status()).as(poll.body()).isEqualTo(400);
                assertThat(poll.error()).as(poll.body()).isEqualTo("invalid_grant");
            } else {
                assertThat(poll.error()).as(poll.body()).isIn("invalid_grant", "slow_down");
            }
        }
    }

    private static Answer approvedRequestOf(String user, Through through) {
        String message = UUID.randomUUID().toString();
        Answer started =
                through.of(REALM.gasPump())
                        .start(
                                Form.of(
                                        "scope",
                                        "openid",
                                        "login_hint",
                                        user,
                                        "binding_message",
                                        message));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        Answer page =
                Person.approves(
                        REALM.mailbox().await(m -> m.mentions(message), Duration.ofSeconds(20)));
        assertThat(page.status()).isEqualTo(200);
        return started;
    }

    private static String user(String what, Through through) {
        return what + "-" + through.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode sessionsOf(String user) {
        return call("GET", "/users/" + REALM.userId(user) + "/sessions").json();
    }

    private static Answer call(String method, String path) {
        Answer answer = REALM.admin().call(method, "/" + REALM.name() + path, null);
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer;
    }

    private static void awaitAnotherSecond() {
        long now = Instant.now().getEpochSecond();
        Awaitility.await("another second").until(() -> Instant.now().getEpochSecond() > now);
    }
}
