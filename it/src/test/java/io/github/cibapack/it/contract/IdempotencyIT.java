// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that is repeated under its idempotency key asks nobody twice. */
class IdempotencyIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    private final RelyingParty pump = REALM.gasPump();
    private final String key = UUID.randomUUID().toString();

    private static Form form(String message) {
        return Form.of("scope", "openid", "login_hint", "alice", "binding_message", message);
    }

    @Test
    void sameRequestUnderItsKeyGetsTheSameAnswerAndNoSecondMail() {
        String message = "M " + key;
        Answer first = pump.startOnce(key, form(message)).accepted();

        Answer again = pump.startOnce(key, form(message));

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        // who asks is not what is asked
        assertThat(pump.startOnce(key, form(message).and("client_id", "gas-pump")).body())
                .isEqualTo(first.body());
        Trail.of(REALM, first).await("repeated");
        REALM.mailbox().awaitMailFor(first.authReqId());
        Answer other = pump.start("alice", "another " + key).accepted();
        REALM.mailbox().awaitMailFor(other.authReqId());
        assertThat(REALM.mailbox().all()).filteredOn(mail -> mail.mentions(message)).hasSize(1);
        assertThat(Trail.of(REALM, first).steps()).containsOnlyOnce("requested", "sent");
    }

    @Test
    void anotherRequestUnderTheKeyIsRefusedAndTheFirstStays() {
        Answer first = pump.startOnce(key, form("Pump 1")).accepted();

        Answer other = pump.startOnce(key, form("Pump 2"));

        assertThat(other.status()).as(other.body()).isEqualTo(422);
        assertThat(other.error()).isEqualTo("invalid_request");
        assertThat(other.errorDescription())
                .startsWith("The Idempotency-Key was used for another request.");
        assertThat(pump.startOnce(key, form("Pump 1")).body()).isEqualTo(first.body());
    }

    @Test
    void keysOfOneClientSayNothingToAnother() {
        Answer first = pump.startOnce(key, form("Pump 3")).accepted();

        Answer other = REALM.gasPumpPost().startOnce(key, form("Pump 3")).accepted();

        assertThat(other.authReqId()).isNotEqualTo(first.authReqId());
    }

    @Test
    void withoutAKeyEachStartIsANewRequest() {
        assertThat(pump.start(form("Pump 4")).accepted().authReqId())
                .isNotEqualTo(pump.start(form("Pump 4")).accepted().authReqId());
    }

    @Test
    void whatWasRefusedMayBeTriedAgainUnderItsKey() {
        Answer refused = pump.startOnce(key, form("line\nbreak"));
        assertThat(refused.error()).isEqualTo("invalid_binding_message");

        assertThat(pump.startOnce(key, form("Pump 5")).status()).isEqualTo(200);
    }

    @Test
    void startsAtOnceUnderOneKeyAskOnce() throws Exception {
        String message = "M " + key;

        List<Answer> answers =
                AtOnce.run(Collections.nCopies(8, () -> pump.startOnce(key, form(message))));

        List<Answer> accepted = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(accepted).isNotEmpty();
        assertThat(accepted).extracting(Answer::body).containsOnly(accepted.get(0).body());
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(
                        conflict -> {
                            assertThat(conflict.status()).as(conflict.body()).isEqualTo(409);
                            assertThat(conflict.error()).isEqualTo("invalid_request");
                            assertThat(conflict.header("Retry-After")).isEqualTo("1");
                        });
        assertThat(pump.startOnce(key, form(message)).body()).isEqualTo(accepted.get(0).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"\"", "\"a\";p=1", "\"a\", \"b\"", "\"a\\b\"", "?1"})
    void keyThatIsNoStructuredStringIsRefused(String header) {
        assertBadKey(header);
    }

    @Test
    void keyThatIsTooLongIsRefused() {
        assertBadKey('"' + "k".repeat(256) + '"');
        assertThat(pump.startOnce(key + "k".repeat(255 - key.length()), form("Pump 6")).status())
                .isEqualTo(200);
    }

    private void assertBadKey(String header) {
        Answer answer = pump.send(pump.startEndpoint(), form("P"), "Idempotency-Key", header);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.errorDescription()).startsWith("The Idempotency-Key must be");
    }

    @Test
    void requestThatWasDecidedInBetweenKeepsItsAnswer() {
        Answer first = pump.startOnce(key, form("Pump 7")).accepted();
        pump.cancel(first.authReqId());

        assertThat(pump.startOnce(key, form("Pump 7")).body()).isEqualTo(first.body());
    }
}
