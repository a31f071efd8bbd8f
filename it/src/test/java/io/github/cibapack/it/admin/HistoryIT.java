// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a realm has saved about its requests. */
class HistoryIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(HistoryIT::prepare);

    private static final List<Answer> STARTED = new ArrayList<>();

    private final AdminCalls admin = AdminCalls.in(REALM);

    private static void prepare(RealmDocument realm) {
        realm.addUser("ann");
        realm.addUser("ben");
    }

    /** Two requests for Ann, approved and denied; one of another client for Ben; one refused. */
    @BeforeAll
    static void tellAStory() {
        AdminCalls admin = AdminCalls.in(REALM);
        STARTED.add(REALM.gasPump().start("ann", "first"));
        STARTED.add(REALM.gasPump().start("ann", "second"));
        STARTED.add(REALM.gasPumpPost().start("ben", "third"));
        assertThat(REALM.gasPump().start("nobody-at-all", "fourth").status()).isEqualTo(400);
        decide(STARTED.get(0), "approve");
        decide(STARTED.get(1), "deny");
        STARTED.forEach(started -> admin.awaitStep(started.authReqId(), "sent"));
        assertThat(REALM.gasPump().poll(STARTED.get(0).authReqId()).status()).isEqualTo(200);
    }

    private static void decide(Answer started, String decision) {
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), decision);
    }

    @Test
    void oneRequestsHistoryIsAStoryFromTheBeginning() {
        assertThat(admin.stepsOf(STARTED.get(0).authReqId()))
                .startsWith("requested")
                .endsWith("approved", "redeemed")
                .containsOnlyOnce("sent");
        assertThat(admin.stepsOf(STARTED.get(1).authReqId())).endsWith("denied");
    }

    @Test
    void realmsHistoryIsNewestFirst() {
        List<Long> times =
                AdminCalls.stream(events("")).map(event -> event.path("time").asLong()).toList();

        assertThat(times).hasSizeGreaterThanOrEqualTo(10);
        assertThat(times).isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }

    @Test
    void pagesFitTogether() {
        List<String> all = AdminCalls.values(events("?max=1000"), "id");
        List<String> paged = new ArrayList<>();
        for (int first = 0; first < all.size() + 4; first += 4) {
            paged.addAll(AdminCalls.values(events("?max=4&first=" + first), "id"));
        }

        // events of one millisecond have no order of their own
        assertThat(paged).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void pagesOfAStepFitTogether() {
        List<String> all = AdminCalls.values(events("?ciba_event=sent"), "id");
        assertThat(all).hasSize(3);

        assertThat(AdminCalls.values(events("?ciba_event=sent&max=2"), "id"))
                .isEqualTo(all.subList(0, 2));
        assertThat(AdminCalls.values(events("?ciba_event=sent&max=2&first=2"), "id"))
                .isEqualTo(all.subList(2, 3));
    }

    @Test
    void historyIsFilteredByClientUserStepTypeAndRequest() {
        assertThat(AdminCalls.values(events("?client=gas-pump-post"), "client"))
                .isNotEmpty()
                .containsOnly("gas-pump-post");
        assertThat(AdminCalls.values(events("?user=" + REALM.userId("ben")), "userId"))
                .isNotEmpty()
                .containsOnly(REALM.userId("ben"));
        assertThat(steps("?ciba_event=approved")).containsExactly("approved");
        assertThat(steps("?type=AUTHREQID_TO_TOKEN_ERROR")).containsExactly("refused");
        assertThat(steps("?type=AUTHREQID_TO_TOKEN")).isNotEmpty().doesNotContain("refused");
        assertThat(steps("?auth_req_id=" + STARTED.get(2).authReqId()))
                .containsExactlyInAnyOrder("requested", "sent");
        assertThat(
                        steps(
                                "?user=%s&ciba_event=denied&client=gas-pump"
                                        .formatted(REALM.userId("ann"))))
                .containsExactly("denied");
    }

    @Test
    void historyIsFilteredByTime() {
        long now = System.currentTimeMillis();

        assertThat(events("?dateFrom=" + (now + 60_000))).isEmpty();
        assertThat(events("?dateTo=" + (now - 3_600_000))).isEmpty();
        assertThat(events("?dateFrom=%d&dateTo=%d".formatted(now - 3_600_000, now + 60_000)))
                .isNotEmpty();
        assertThat(events("?dateFrom=2020-01-01")).isNotEmpty();
        assertThat(events("?dateTo=2020-01-01")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max=0",
                "max=1001",
                "max=many",
                "first=-1",
                "type=LOGIN",
                "ciba_event=invented",
                "dateFrom=yesterday",
                "dateFrom=%2B999999999-01-01",
                "dateTo=2020-13-01",
                "dateTo=%2B999999999-12-31"
            })
    void whatCannotBeIsSaidSo(String query) {
        Answer answer = admin.get("history?" + query);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_request");
        assertThat(answer.json().path("errorMessage").asText())
                .contains("'" + query.substring(0, query.indexOf('=')) + "'");
    }

    @Test
    void noHistoryIsAnotherAnswerThanAnEmptyOne() {
        try {
            events(false, List.of());
            assertUnavailable("history", "switch on 'Save events'");
            assertUnavailable("requests/" + STARTED.get(1).authReqId() + "/history", "Save events");
            events(true, List.of("LOGIN"));
            assertUnavailable("history", "AUTHREQID_TO_TOKEN");
        } finally {
            events(true, List.of());
        }
        assertThat(events("")).isNotEmpty();
    }

    @Test
    void answerTellsWhichTypesAreSaved() {
        assertThat(AdminCalls.stream(admin.get("history").json().path("savedTypes"))).hasSize(2);
        try {
            events(true, List.of("AUTHREQID_TO_TOKEN"));

            assertThat(admin.get("history").json().path("savedTypes"))
                    .extracting(JsonNode::asText)
                    .containsExactly("AUTHREQID_TO_TOKEN");
        } finally {
            events(true, List.of());
        }
    }

    @Test
    void unknownRequestIsNotFound() {
        assertThat(admin.get("requests/00000000-0000-4000-8000-000000000000/history").status())
                .isEqualTo(404);
        assertThat(admin.get("requests/no-such-request").status()).isEqualTo(404);
    }

    private void assertUnavailable(String path, String hint) {
        Answer answer = admin.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.json().path("error").asText()).isEqualTo("history_unavailable");
        assertThat(answer.json().path("errorMessage").asText()).contains(hint);
        assertThat(answer.json().has("events")).isFalse();
    }

    private static void events(boolean enabled, List<String> types) {
        ObjectNode config = Json.object().put("eventsEnabled", enabled);
        config.put("adminEventsEnabled", true);
        Set.copyOf(types).forEach(config.withArrayProperty("enabledEventTypes")::add);
        Answer answer = REALM.admin().call("PUT", "/" + REALM.name() + "/events/config", config);
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    private List<String> steps(String query) {
        return AdminCalls.stream(events(query))
                .map(event -> event.path("details").path("ciba_event").asText())
                .toList();
    }

    private JsonNode events(String query) {
        Answer answer = admin.get("history" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("events");
    }
}
