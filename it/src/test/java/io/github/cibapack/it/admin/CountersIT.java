// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a user stands within the limits, and a new beginning. */
class CountersIT {
    private static final String LIMITS = "ciba-notification-policy";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(CountersIT::prepare);

    private final AdminCalls admin = AdminCalls.in(REALM);

    private static void prepare(RealmDocument realm) {
        for (String user :
                List.of("fresh", "day", "full", "claims", "paused", "pending", "shared", "angry")) {
            realm.addUser(user);
        }
        realm.component(LIMITS, "name", "four", "total", "4");
        realm.component(LIMITS, "name", "claims", "claimed", "4", "unclaimed", "4");
        realm.component(LIMITS, "name", "paused", "cooldown", "true", "resendLimit", "2");
        realm.component(LIMITS, "name", "everybody", "quotaType", "realm", "total", "100");
        realm.component(LIMITS, "name", "caps", "pendingPerClient", "7", "pendingPerRealm", "100");
        client(realm, "four-a", "four");
        client(realm, "four-b", "four");
        client(realm, "claims", "claims");
        client(realm, "paused", "paused");
        client(realm, "everybody", "everybody");
        client(realm, "caps", "caps");
    }

    private static void client(RealmDocument realm, String id, String policy) {
        realm.addClient(id, id + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.notification-policy", policy);
    }

    @Test
    void nothingIsUsedAtFirst() {
        JsonNode counters = counters("fresh", "");

        assertThat(counters.path("notificationPolicy").asText()).isEqualTo("default");
        assertCount(counters.at("/day/all"), 0, 50);
        assertThat(counters.path("day").has("ofClient")).isFalse();
        assertCount(counters.at("/pending/ofUser"), 0, 5);
        assertThat(counters.has("cooldown")).isFalse();
        assertThat(counters.path("blockedClients")).isEmpty();
        Instant midnight = Instant.ofEpochMilli(counters.at("/day/endsAt").asLong());
        assertThat(midnight.getEpochSecond() % 86_400).isZero();
        assertThat(midnight).isBefore(Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void mailsOfTheDayAreCountedForAllAndForEachClient() {
        start("four-a", "day");
        start("four-a", "day");
        start("four-b", "day");

        JsonNode ofA = counters("day", "four-a");
        assertThat(ofA.path("notificationPolicy").asText()).isEqualTo("four");
        assertThat(ofA.path("client").asText()).isEqualTo("four-a");
        assertThat(ofA.at("/day/quotaType").asText()).isEqualTo("user");
        assertCount(ofA.at("/day/all"), 3, 4);
        assertCount(ofA.at("/day/ofClient"), 2, 2);
        assertCount(counters("day", "four-b").at("/day/ofClient"), 1, 2);
    }

    @Test
    void afterAResetTheUserCanBeAskedAgain() {
        RelyingParty client = REALM.relyingParty("four-a");
        client.start("full", "1");
        client.start("full", "2");
        assertThat(client.start("full", "3").status()).isEqualTo(403);
        REALM.relyingParty("four-b").start("full", "4");

        assertThat(reset("full", "four-a").status()).isEqualTo(204);

        assertCount(counters("full", "four-a").at("/day/all"), 0, 4);
        assertCount(counters("full", "four-a").at("/day/ofClient"), 0, 2);
        assertThat(counters("full", "four-b").at("/day/ofClient/used").asInt()).isEqualTo(1);
        assertThat(client.start("full", "5").status()).isEqualTo(200);
        assertThat(admin.adminEvents("CIBA_NOTIFICATION_COUNTERS"))
                .anySatisfy(
                        change -> {
                            assertThat(change.path("operationType").asText()).isEqualTo("DELETE");
                            assertThat(change.path("resourcePath").asText())
                                    .isEqualTo(
                                            "ciba/users/%s/notification-counters"
                                                    .formatted(REALM.userId("full")));
                        });
    }

    @Test
    void claimedMailsAreToldApart() {
        Answer started = start("claims", "claims");
        start("claims", "claims");
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), "approve");

        JsonNode counters = counters("claims", "claims");
        assertCount(counters.at("/day/all"), 1, 4);
        assertCount(counters.at("/day/claimed"), 1, 4);
        assertCount(counters.at("/day/claimedOfClient"), 1, 2);

        reset("claims", "claims");
        assertCount(counters("claims", "claims").at("/day/claimed"), 0, 4);
        assertCount(counters("claims", "claims").at("/day/claimedOfClient"), 0, 2);
    }

    @Test
    void cooldownIsShownAndEndsWithAReset() {
        start("paused", "paused");
        assertThat(REALM.relyingParty("paused").start("paused", "early").status()).isEqualTo(403);

        JsonNode cooldown = counters("paused", "paused").path("cooldown");
        assertCount(cooldown.path("sent"), 1, 3);
        assertThat(cooldown.path("nextAt").asLong())
                .isBetween(System.currentTimeMillis(), System.currentTimeMillis() + 31_000);

        reset("paused", "paused");
        JsonNode after = counters("paused", "paused").path("cooldown");
        assertCount(after.path("sent"), 0, 3);
        assertThat(after.has("nextAt")).isFalse();
        assertThat(REALM.relyingParty("paused").start("paused", "anew").status()).isEqualTo(200);
    }

    @Test
    void pendingRequestsAreCountedAndStayWhereTheyAre() {
        start("caps", "pending");
        start("four-b", "pending");

        reset("pending", "caps");

        JsonNode pending = counters("pending", "caps").path("pending");
        assertCount(pending.path("ofUser"), 2, 5);
        assertCount(pending.path("ofClientAndUser"), 1, 3);
        assertCount(pending.path("ofClient"), 1, 7);
        assertThat(pending.at("/ofRealm/used").asInt()).isPositive();
        assertThat(pending.at("/ofRealm/limit").asInt()).isEqualTo(100);
    }

    @Test
    void quotaOfTheRealmIsNotTheUsersToReset() {
        start("everybody", "shared");
        JsonNode before = counters("shared", "everybody").path("day");
        assertThat(before.path("quotaType").asText()).isEqualTo("realm");
        assertThat(before.at("/all/used").asInt()).isPositive();

        reset("shared", "everybody");

        assertThat(counters("shared", "everybody").path("day").path("all"))
                .isEqualTo(before.path("all"));
    }

    @Test
    void clientThatTheUserHasReportedIsNamed() {
        Answer started = REALM.gasPump().start("angry", "spam");
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), "report");

        assertThat(counters("angry", "").path("blockedClients"))
                .extracting(JsonNode::asText)
                .containsExactly("gas-pump");
    }

    @Test
    void unknownClientIsSaidSo() {
        Answer answer =
                admin.get(
                        "users/%s/notification-counters?client=invented"
                                .formatted(REALM.userId("fresh")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errorMessage").asText()).contains("'client'");
    }

    private static Answer start(String client, String user) {
        Answer started = REALM.relyingParty(client).start(user, "Pump 4");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return started;
    }

    private JsonNode counters(String user, String client) {
        Answer answer = admin.get(path(user, client));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Answer reset(String user, String client) {
        Answer answer = admin.call("DELETE", path(user, client), null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        return answer;
    }

    private static String path(String user, String client) {
        String path = "users/" + REALM.userId(user) + "/notification-counters";
        return client.isEmpty() ? path : path + "?client=" + client;
    }

    private static void assertCount(JsonNode count, int used, int limit) {
        assertThat(count.path("used").asInt(-1)).as(count.toString()).isEqualTo(used);
        assertThat(count.path("limit").asInt(-1)).as(count.toString()).isEqualTo(limit);
    }
}
