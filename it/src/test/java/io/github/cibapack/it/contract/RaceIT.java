// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One redemption and one decision win, however many try at the same moment. */
class RaceIT {

    private static final int DECISIONS = 20;

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @ParameterizedTest(name = "{0} polls, Keycloak''s endpoints: {1}")
    @CsvSource({
        "2, false", "2, false", "2, false", "2, false", "2, false", "20, false", "20, false",
        "2, true", "2, true", "2, true", "2, true", "2, true", "20, true", "20, true"
    })
    @Clause("10.1.1-3")
    void exactlyOnePollGetsTheTokens(int polls, boolean keycloaks) throws Exception {
        RelyingParty pump = keycloaks ? REALM.gasPump().atKeycloakEndpoints() : REALM.gasPump();
        String message = UUID.randomUUID().toString();
        Answer started = pump.start("alice", message);
        Person.approves(mailWith(message));
        long redeemedBefore = redemptions();

        List<Answer> answers = atOnce(polls, i -> () -> pump.poll(started.authReqId()));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(
                        loser -> {
                            assertThat(loser.status()).as(loser.body()).isEqualTo(400);
                            assertThat(loser.error()).isIn("invalid_grant", "slow_down");
                            assertThat(loser.json().has("access_token")).isFalse();
                        });
        assertThat(redemptions() - redeemedBefore).isEqualTo(1);
    }

    @RepeatedTest(5)
    void oneDecisionCountsAndPageAndPollAgree() throws Exception {
        Answer started = REALM.gasPump().start("alice", "Pump 4");
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());

        List<Answer> pages =
                atOnce(
                        DECISIONS,
                        i ->
                                () ->
                                        Person.decides(
                                                i % 2 == 0 ? "approve" : "deny", mail.magicLink()));

        assertThat(pages).allMatch(page -> page.status() == 200);
        boolean approved = Person.reads(mail.magicLink()).body().contains("ciba-result-approved");
        boolean denied = Person.reads(mail.magicLink()).body().contains("ciba-result-denied");
        assertThat(approved).isNotEqualTo(denied);
        Answer poll = REALM.gasPump().poll(started.authReqId());
        assertThat(poll.status()).as(poll.body()).isEqualTo(approved ? 200 : 400);
        if (denied) {
            assertThat(poll.error()).isEqualTo("access_denied");
        }
        assertThat(decisionsOf(started)).containsExactly(approved ? "approved" : "denied");
    }

    private static List<String> decisionsOf(Answer started) {
        return REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN").stream()
                .map(event -> event.path("details"))
                .filter(d -> d.path("auth_req_id").asText().equals(started.authReqId()))
                .filter(details -> details.has("decision"))
                .map(details -> details.path("decision").asText())
                .toList();
    }

    private static long redemptions() {
        return REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN").stream()
                .filter(e -> e.path("details").path("ciba_event").asText().equals("redeemed"))
                .count();
    }

    private static ReceivedMail mailWith(String bindingMessage) {
        return REALM.mailbox().await(m -> m.mentions(bindingMessage), Duration.ofSeconds(20));
    }

    private static List<Answer> atOnce(int count, IntFunction<Callable<Answer>> task)
            throws InterruptedException, ExecutionException {
        return AtOnce.run(IntStream.range(0, count).mapToObj(task).toList());
    }
}
