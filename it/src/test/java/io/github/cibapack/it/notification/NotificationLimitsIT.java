// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import io.github.cibapack.it.suite.MovesTheClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often a person is asked. Each test has users of its own; the clock is the server's. */
@MovesTheClock
class NotificationLimitsIT {

    private static final String POLICY = "ciba-notification-policy";
    private static final Duration SOON = Duration.ofSeconds(40);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(NotificationLimitsIT::prepare).sharing(ClockServer::shared);

    private static void prepare(RealmDocument realm) {
        realm.json().put("duplicateEmailsAllowed", true).put("loginWithEmailAllowed", false);
        for (String user :
                List.of(
                        "ten",
                        "many",
                        "half",
                        "midnight",
                        "cool",
                        "calm",
                        "crowd",
                        "twin-1",
                        "twin-2",
                        "claims",
                        "pending",
                        "native",
                        "across-1",
                        "across-2",
                        "across-3",
                        "free")) {
            realm.addUser(user);
        }
        realm.user("twin-1").put("email", "twins@ciba-demo.example");
        realm.user("twin-2").put("email", "twins@ciba-demo.example");
        open(realm, "three", "total", "3", "clientShare", "99");
        open(realm, "seven", "total", "7", "clientShare", "99");
        open(realm, "four", "total", "4");
        open(realm, "two", "total", "3", "clientShare", "99");
        open(realm, "claims", "claimed", "2", "unclaimed", "4");
        open(
                realm,
                "cool",
                "cooldown",
                "true",
                "cooldownFirst",
                "30",
                "cooldownSecond",
                "60",
                "cooldownLater",
                "120",
                "resendLimit",
                "2");
        open(realm, "each", "cooldown", "true", "cooldownKey", "user");
        client(realm, "each-a", "each");
        // the numbers of the built-in policy, without its pauses: BuiltInLimitsIT has those
        realm.component(POLICY, "name", "default");
        realm.component(POLICY, "name", "few", "pendingPerClient", "2");
        for (String policy : List.of("three", "seven", "four", "two", "claims", "cool")) {
            client(realm, policy + "-a", policy);
            client(realm, policy + "-b", policy);
        }
        client(realm, "cool-c", "cool");
        client(realm, "few-a", "few");
    }

    /** A policy whose pending caps stand in nobody's way. */
    private static void open(RealmDocument realm, String name, String... settings) {
        List<String> all = new ArrayList<>(List.of("name", name));
        all.addAll(List.of(settings));
        all.addAll(List.of("pendingPerUser", "50", "pendingPerClientAndUser", "50"));
        realm.component(POLICY, all.toArray(String[]::new));
    }

    private static void client(RealmDocument realm, String id, String policy) {
        realm.addClient(id, id + "-secret")
                .withObjectProperty("attributes")
                .put("ciba.notification-policy", policy);
    }

    @Test
    void tenParallelRequestsAgainstALimitOfThreeSendExactlyThree() throws Exception {
        List<Answer> answers = startAtOnce("ten", 5, "three-a", "three-b");

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(3);
        awaitMails("ten", 3);
    }

    @Test
    void twoHundredParallelStartsAgainstALimitOfSevenSendExactlySevenMails() throws Exception {
        List<Answer> answers = startAtOnce("many", 100, "seven-a", "seven-b");

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(7);
        List<Answer> refusals = answers.stream().filter(answer -> answer.status() != 200).toList();
        assertThat(refusals)
                .hasSize(193)
                .allSatisfy(
                        refusal -> {
                            assertThat(refusal.status()).isEqualTo(403);
                            assertThat(refusal.error()).isEqualTo("access_denied");
                            assertThat(refusal.header("Retry-After")).matches("[1-9][0-9]*");
                        });
        awaitMails("many", 7);
    }

    @Test
    @Clause("14-2")
    void oneClientCannotUseUpAUsersDay() {
        RelyingParty first = REALM.relyingParty("four-a");
        RelyingParty second = REALM.relyingParty("four-b");

        assertThat(List.of(first.start("half", "1"), first.start("half", "2")))
                .allMatch(answer -> answer.status() == 200);
        assertRefused(first.start("half", "3"), "half", "day_of_client", "four");
        assertThat(List.of(second.start("half", "4"), second.start("half", "5")))
                .allMatch(answer -> answer.status() == 200);
        assertRefused(REALM.relyingParty("two-a").start("half", "6"), "half", "day", "two");
    }

    @Test
    void countersBeginAnewAtMidnightUtc() {
        RelyingParty client = REALM.relyingParty("four-a");
        client.start("midnight", "1");
        client.start("midnight", "2");
        Answer refused = client.start("midnight", "3");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(Long.parseLong(refused.header("Retry-After"))).isLessThanOrEqualTo(86_400);

        FakeClock.of(REALM.server()).advanceToNextDay();

        assertThat(client.start("midnight", "4").status()).isEqualTo(200);
    }

    @Test
    void resendsHavePausesAndALimit() {
        RelyingParty client = REALM.relyingParty("cool-a");
        FakeClock clock = FakeClock.of(REALM.server());

        assertThat(client.start("cool", "first").status()).isEqualTo(200);
        Answer early = client.start("cool", "too early");
        assertRefused(early, "cool", "cooldown", "cool");
        assertThat(Long.parseLong(early.header("Retry-After"))).isBetween(20L, 30L);

        clock.advance(Duration.ofSeconds(31));
        assertThat(client.start("cool", "resend 1").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(31));
        assertThat(client.start("cool", "second pause is longer").status()).isEqualTo(403);
        clock.advance(Duration.ofSeconds(31));
        assertThat(client.start("cool", "resend 2").status()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(10));
        Answer blocked = client.start("cool", "no resend is left");
        assertRefused(blocked, "cool", "resend_limit", "cool");
        assertThat(Long.parseLong(blocked.header("Retry-After"))).isBetween(1100L, 1201L);
        clock.advance(Duration.ofMinutes(21));
        assertThat(client.start("cool", "anew").status()).isEqualTo(200);
    }

    @Test
    void cooldownBelongsToTheAddressThatTwoUsersShare() {
        assertThat(REALM.relyingParty("cool-a").start("twin-1", "one").status()).isEqualTo(200);

        Answer other = REALM.relyingParty("cool-a").start("twin-2", "other");

        assertRefused(other, "twin-2", "cooldown", "cool");
    }

    @Test
    void cooldownMayBelongToTheUserInstead() {
        RelyingParty client = REALM.relyingParty("each-a");
        assertThat(client.start("twin-1", "one").status()).isEqualTo(200);

        assertThat(client.start("twin-2", "other").status()).isEqualTo(200);

        assertRefused(client.start("twin-1", "again"), "twin-1", "cooldown", "each");
    }

    @Test
    void oneClientsCooldownKeepsNoOtherClientFromAsking() {
        RelyingParty greedy = REALM.relyingParty("cool-a");
        RelyingParty other = REALM.relyingParty("cool-b");
        FakeClock clock = FakeClock.of(REALM.server());
        for (String resend : List.of("first", "resend 1", "resend 2")) {
            assertThat(greedy.start("calm", resend).status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(61));
        }
        assertRefused(greedy.start("calm", "blocked"), "calm", "resend_limit", "cool");

        assertThat(other.start("calm", "first of another").status()).isEqualTo(200);
        assertRefused(other.start("calm", "too early"), "calm", "cooldown", "cool");
    }

    /** Three e-mails of each, six of all together. */
    @Test
    void allClientsTogetherMaySendTwiceWhatOneMay() {
        FakeClock clock = FakeClock.of(REALM.server());
        for (int i = 0; i < 3; i++) {
            assertThat(REALM.relyingParty("cool-a").start("crowd", "a").status()).isEqualTo(200);
            assertThat(REALM.relyingParty("cool-b").start("crowd", "b").status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(61));
        }

        RelyingParty third = REALM.relyingParty("cool-c");
        assertRefused(third.start("crowd", "c"), "crowd", "resend_limit_of_all", "cool");
        resetCounters("crowd");
        assertThat(third.start("crowd", "an admin helped").status()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(30));
        assertThat(third.start("crowd", "later").status()).isEqualTo(200);
    }

    private static void resetCounters(String user) {
        String path = "/%s/ciba/users/%s/notification-counters";
        Answer reset =
                REALM.admin()
                        .call("DELETE", path.formatted(REALM.name(), REALM.userId(user)), null);
        assertThat(reset.status()).as(reset.body()).isEqualTo(204);
    }

    /** Four unclaimed and two claimed a day, of which one client may use half. */
    @Test
    void respondedMailsCountOnTheirOwn() {
        RelyingParty client = REALM.relyingParty("claims-a");
        Answer first = client.start("claims", "1");
        client.start("claims", "2");
        assertRefused(client.start("claims", "3"), "claims", "day_of_client", "claims");

        deny(first);

        assertRefused(client.start("claims", "4"), "claims", "claimed_of_client", "claims");
        assertThat(REALM.relyingParty("claims-b").start("claims", "5").status()).isEqualTo(200);
    }

    @Test
    @Clause("14-2")
    void pendingRequestsAreCappedAndADecisionMakesRoom() {
        RelyingParty pump = REALM.gasPump();
        Answer first = pump.start("pending", "1");
        pump.start("pending", "2");
        pump.start("pending", "3");
        assertRefused(
                pump.start("pending", "4"), "pending", "pending_of_client_and_user", "default");
        REALM.gasPumpPost().start("pending", "5");
        REALM.gasPumpPost().start("pending", "6");
        assertRefused(
                REALM.gasPumpPost().start("pending", "7"), "pending", "pending_of_user", "default");

        deny(first);

        assertThat(pump.start("pending", "8").status()).isEqualTo(200);
    }

    @Test
    void aClientsPendingRequestsAreCappedAcrossUsers() {
        RelyingParty client = REALM.relyingParty("few-a");
        Answer first = client.start("across-1", "1");
        assertThat(client.start("across-2", "2").status()).isEqualTo(200);
        assertRefused(client.start("across-3", "3"), "across-3", "pending_of_client", "few");

        deny(first);

        assertThat(client.start("across-3", "4").status()).isEqualTo(200);
    }

    @Test
    void limitsHoldAtKeycloaksEndpointAsWell() {
        RelyingParty client = REALM.relyingParty("four-a").atKeycloakEndpoints();
        Form form = Form.of("scope", "openid", "login_hint", "native");
        client.start(form);
        client.start(form);

        Answer refused = client.start(form);

        assertThat(refused.error()).isEqualTo("access_denied");
        assertRefused(refused, "native", "day_of_client", "four");
        assertThat(REALM.relyingParty("four-a").start("native", "here too").status())
                .isEqualTo(403);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThat(errorOf("total", "51")).contains("total").contains("1–50");
        assertThat(errorOf("claimed", "5")).contains("unclaimed");
        assertThat(errorOf("claimed", "5", "unclaimed", "5", "total", "5")).contains("total");
        assertThat(errorOf("quotaType", "realm")).contains("total");
        assertThat(errorOf("clientShare", "100")).contains("clientShare");
        assertThat(errorOf("cooldownFirst", "9")).contains("cooldownFirst");
        assertThat(errorOf("cooldownLater", "601")).contains("cooldownLater");
        assertThat(errorOf("pendingPerUser", "2")).contains("pendingPerClientAndUser");
        assertThat(errorOf("pendingPerUser", "51")).contains("pendingPerUser");
    }

    private static String errorOf(String... settings) {
        RealmDocument document = RealmDocument.shipped();
        List<String> all = new ArrayList<>(List.of("name", "bad"));
        all.addAll(List.of(settings));
        document.component(POLICY, all.toArray(String[]::new));
        JsonNode components = document.json().path("components").elements().next();
        JsonNode component = components.path(components.size() - 1).deepCopy();
        ((ObjectNode) component)
                .put("providerType", "org.keycloak.services.ui.extend.UiPageProvider");
        Answer answer = REALM.admin().call("POST", "/" + REALM.name() + "/components", component);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.text("errorMessage");
    }

    private static void assertRefused(
            Answer answer, String username, String counter, String policy) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.errorDescription()).startsWith("The user cannot be asked");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        String userId = REALM.userId(username);
        JsonNode details =
                REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR").stream()
                        .filter(event -> event.path("userId").asText().equals(userId))
                        .findFirst()
                        .orElseThrow()
                        .path("details");
        assertThat(details.path("ciba_event").asText()).isEqualTo("throttled");
        assertThat(details.path("counter").asText()).isEqualTo(counter);
        assertThat(details.path("notification_policy").asText()).isEqualTo(policy);
    }

    private static List<Answer> startAtOnce(String user, int each, String... clients)
            throws InterruptedException, ExecutionException {
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (String client : clients) {
                RelyingParty party = REALM.relyingParty(client);
                tasks.add(() -> party.start(user, "at once"));
            }
        }
        return AtOnce.run(tasks);
    }

    /** All that will come have come when as many events say so as requests were accepted. */
    private static void awaitMails(String user, int number) {
        String userId = REALM.userId(user);
        await().atMost(SOON)
                .until(
                        () ->
                                REALM.admin().events(REALM.name()).stream()
                                                .filter(
                                                        e ->
                                                                e.path("userId")
                                                                        .asText()
                                                                        .equals(userId))
                                                .filter(
                                                        e ->
                                                                e.path("details")
                                                                        .path("ciba_event")
                                                                        .asText()
                                                                        .equals("sent"))
                                                .count()
                                        == number);
        assertThat(REALM.mailbox().all())
                .filteredOn(mail -> mail.to().contains(user + "@ciba-demo.example"))
                .hasSize(number);
    }

    private static void deny(Answer started) {
        Answer page =
                ApprovalForm.decide(
                        REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), "deny");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
    }
}
