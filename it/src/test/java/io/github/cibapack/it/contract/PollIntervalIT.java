// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often a relying party may ask. */
@Tag("CIBA-Core-7.3")
@Tag("CIBA-Core-11")
class PollIntervalIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(PollIntervalIT::addStrictClient);

    private final RelyingParty pump = REALM.gasPump();

    private static void addStrictClient(RealmDocument realm) {
        realm.addUser("driver-1");
        realm.addUser("driver-2");
        realm.addClient("strict-pump", "strict-pump-secret");
        realm.clientAttribute("strict-pump", "ciba.policies", "strict");
        realm.json()
                .withObjectProperty("components")
                .withArrayProperty("org.keycloak.services.ui.extend.UiPageProvider")
                .addObject()
                .put("name", "strict")
                .put("providerId", "ciba-policy")
                .withObjectProperty("config")
                .<ObjectNode>setAll(
                        Map.of(
                                "name", list("strict"),
                                "interval", list("5"),
                                "growingSlowDown", list("true")));
    }

    private static ArrayNode list(String value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    @Test
    void earlyPollIsToldHowLongToWait() {
        String id = pump.start("alice", "Early").authReqId();
        assertThat(pump.poll(id).error()).isEqualTo("authorization_pending");

        Answer early = pump.poll(id);
        assertThat(early.error()).isEqualTo("slow_down");
        assertThat(early.header("Retry-After")).isIn("1", "2");
    }

    @Test
    void pollAfterTheIntervalIsOnTime() {
        String id = pump.start("driver-1", "On time").authReqId();
        assertThat(pump.poll(id).error()).isEqualTo("authorization_pending");

        long before = System.nanoTime();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(10))
                .until(() -> pump.poll(id).error().equals("authorization_pending"));
        Duration waited = Duration.ofNanos(System.nanoTime() - before);
        assertThat(waited).isGreaterThanOrEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void decidedRequestIsAnsweredHoweverEarlyThePoll() {
        Answer started = pump.start("driver-2", "At once");
        pump.poll(started.authReqId());
        pump.poll(started.authReqId());
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()));

        assertThat(pump.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void stubbornClientIsSlowedDownMoreAndMoreAndReported() {
        RelyingParty strict = REALM.relyingParty("strict-pump");
        String id = strict.start("alice", "Stubborn").authReqId();
        assertThat(strict.poll(id).error()).isEqualTo("authorization_pending");

        assertThat(IntStream.range(0, 6).mapToObj(i -> retryAfter(strict.poll(id))).toList())
                .hasSize(6)
                .satisfies(seconds -> assertThat(seconds.get(0)).isBetween(5, 10))
                .satisfies(seconds -> assertThat(seconds.get(4)).isBetween(20, 30))
                .satisfies(seconds -> assertThat(seconds.get(5)).isBetween(20, 30));
        assertThat(
                        REALM.admin().events(REALM.name()).stream()
                                .map(event -> event.path("details"))
                                .filter(details -> details.path("auth_req_id").asText().equals(id))
                                .filter(
                                        details ->
                                                details.path("ciba_event")
                                                        .asText()
                                                        .equals("poll_abuse")))
                .hasSize(1);
    }

    private static int retryAfter(Answer answer) {
        assertThat(answer.error()).isEqualTo("slow_down");
        return Integer.parseInt(answer.header("Retry-After"));
    }
}
