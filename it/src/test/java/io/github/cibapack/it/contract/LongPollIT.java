// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls at {@code as/token} that wait for the decision. */
@Tag("CIBA-Core-7.3")
@Tag("CIBA-Core-10.1")
class LongPollIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Much less than a wait of 25 seconds, and enough for a busy machine. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static final String PREFER = "Prefer";

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(LongPollIT::addClients);

    private static void addClients(RealmDocument realm) {
        realm.addClient("patient-pump", "patient-pump-secret");
        realm.clientAttribute("patient-pump", "ciba.policies", "patient");
        realm.component("ciba-policy", "name", "patient", "interval", "1", "longPolling", "2");
        realm.addClient("short-lived", "short-lived-secret");
        Stream.of("ann", "ben", "cleo", "dora", "emil", "fred", "gina", "hugo", "ina", "jo")
                .forEach(realm::addUser);
    }

    private final RelyingParty pump = REALM.gasPump();

    @AfterEach
    void nobodyWaitsAnyMore() {
        Awaitility.await("the end of all waits").atMost(SOON).until(() -> waiting() == 0);
    }

    @Test
    void pollThatWaitsGetsTokensWhenTheUserApproves() {
        String id = started(pump, "ann");
        CompletableFuture<Answer> poll = waitingPoll(pump, id);

        long before = System.nanoTime();
        Person.approves(REALM.mailbox().awaitMailFor(id));

        assertThat(poll).succeedsWithin(AT_ONCE).satisfies(LongPollIT::hasTokens);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(AT_ONCE);
        assertThat(poll.join().header("Preference-Applied")).isEqualTo("wait=25");
        assertThat(pump.poll(id).error()).isEqualTo("invalid_grant");
    }

    @Test
    void pollThatWaitsIsToldThatTheUserDenies() {
        String id = started(pump, "ben");
        CompletableFuture<Answer> poll = waitingPoll(pump, id);

        Person.denies(REALM.mailbox().awaitMailFor(id));

        assertThat(poll)
                .succeedsWithin(AT_ONCE)
                .satisfies(answer -> Documented.assertRefusal(answer, 400, "access_denied"));
    }

    @Test
    void pollIsToldAfterItsTimeThatNothingIsDecidedAndTheNextOneIsInTime() {
        String id = started(pump, "cleo");

        for (int i = 0; i < 2; i++) {
            long before = System.nanoTime();
            Answer poll = poll(pump, id, "respond-async, wait=2; strict=\"a, wait=9\"");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofSeconds(2), AT_ONCE);
            Documented.assertRefusal(poll, 400, "authorization_pending");
            assertThat(poll.header("Preference-Applied")).isEqualTo("wait=2");
        }
    }

    @Test
    void pollThatComesTooEarlyDoesNotWait() {
        String id = started(pump, "dora");
        pump.poll(id);

        Answer early = poll(pump, id, "wait=25");

        assertThat(early.error()).isEqualTo("slow_down");
        assertThat(early.header("Preference-Applied")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=soon", "wait=-1", "waiting=9", "x=\"wait=9\"", "wait=0"})
    void preferenceThatIsNoneIsNoError(String preference) {
        String id = started(pump, "emil");

        Answer poll = poll(pump, id, preference);

        assertThat(poll.error()).isEqualTo("authorization_pending");
        assertThat(poll.header("Preference-Applied")).isEmpty();
    }

    @Test
    void answerThatComesLateHasTheHeadersOfOneThatComesAtOnce() {
        String id = started(pump, "fred");
        Answer late = poll(pump, id, "wait=1");
        Answer atOnce = pump.poll(id);

        for (String header :
                new String[] {
                    "Cache-Control",
                    "Content-Type",
                    "Pragma",
                    "Referrer-Policy",
                    "Strict-Transport-Security",
                    "X-Content-Type-Options",
                    "X-Frame-Options",
                    "X-Robots-Tag"
                }) {
            assertThat(late.headers().allValues(header))
                    .as(header)
                    .isEqualTo(atOnce.headers().allValues(header));
        }
        assertThat(late.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(late.header("X-Correlation-ID")).isNotEmpty();
    }

    @Test
    void callerWhoHangsUpLosesNothing() {
        String id = started(pump, "gina");
        assertThatThrownBy(
                        () ->
                                RelyingParty.exchange(
                                        HttpRequest.newBuilder(pump.tokenEndpoint())
                                                .timeout(Duration.ofSeconds(2))
                                                .header("Authorization", pump.basic())
                                                .header(
                                                        "Content-Type",
                                                        "application/x-www-form-urlencoded")
                                                .header(PREFER, "wait=25")
                                                .POST(
                                                        HttpRequest.BodyPublishers.ofString(
                                                                form(id).encoded()))
                                                .build()))
                .hasMessageContaining("timed out");
        Awaitility.await("the caller to be forgotten").atMost(SOON).until(() -> waiting() == 0);

        Person.approves(REALM.mailbox().awaitMailFor(id));

        hasTokens(pump.poll(id));
    }

    @Test
    void secondPollOfARequestDoesNotWaitBesideTheFirst() {
        RelyingParty patient = REALM.relyingParty("patient-pump");
        String id = started(patient, "hugo");
        CompletableFuture<Answer> first = waitingPoll(patient, id);

        Awaitility.await("the interval")
                .atMost(SOON)
                .until(() -> poll(patient, id, "wait=25").error().equals("authorization_pending"));
        assertThat(first).isNotDone();

        Person.approves(REALM.mailbox().awaitMailFor(id));
        assertThat(first).succeedsWithin(AT_ONCE).satisfies(LongPollIT::hasTokens);
    }

    @Test
    void policyMakesPollsWaitAndTheClientMayPreferNotTo() {
        RelyingParty patient = REALM.relyingParty("patient-pump");
        String id = started(patient, "ina");

        long before = System.nanoTime();
        Answer waited = patient.poll(id);
        assertThat(waited.error()).isEqualTo("authorization_pending");
        assertThat(waited.header("Preference-Applied")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));

        Answer atOnce = poll(patient, id, "wait=0");
        assertThat(atOnce.error()).isEqualTo("authorization_pending");
        assertThat(atOnce.header("Preference-Applied")).isEmpty();
    }

    @Test
    void clientThatMayNoLongerUseTheGrantGetsNothingAndLosesNothing() {
        RelyingParty client = REALM.relyingParty("short-lived");
        String id = started(client, "jo");
        CompletableFuture<Answer> poll = waitingPoll(client, id);
        allowCiba("short-lived", false);

        Person.approves(REALM.mailbox().awaitMailFor(id));

        assertThat(poll)
                .succeedsWithin(AT_ONCE)
                .satisfies(answer -> Documented.assertRefusal(answer, 400, "unauthorized_client"));
        allowCiba("short-lived", true);
        hasTokens(client.poll(id));
    }

    @Test
    void wrongSecretWaitsForNothing() {
        Answer poll = poll(pump.withSecret("wrong"), started(pump, "alice"), "wait=25");

        Documented.assertRefusal(poll, 401, "invalid_client");
    }

    @Test
    void otherGrantsAreAnsweredAsWithoutThePreference() {
        Form grant = Form.of("grant_type", "password", "username", "alice", "password", "x");

        Answer preferring = pump.send(pump.tokenEndpoint(), grant, PREFER, "wait=25");

        Answer plain = pump.send(pump.tokenEndpoint(), grant);
        assertThat(preferring.status()).isEqualTo(plain.status());
        assertThat(preferring.error()).isEqualTo(plain.error());
    }

    private static String started(RelyingParty client, String user) {
        return client.start(user, "Wait").accepted().authReqId();
    }

    /** A poll that has begun to wait. */
    private static CompletableFuture<Answer> waitingPoll(RelyingParty client, String id) {
        CompletableFuture<Answer> poll =
                CompletableFuture.supplyAsync(() -> poll(client, id, "wait=25"));
        Awaitility.await("the poll to wait").atMost(SOON).until(() -> waiting() > 0);
        return poll;
    }

    private static Answer poll(RelyingParty client, String id, String preference) {
        return client.send(client.tokenEndpoint(), form(id), PREFER, preference);
    }

    private static Form form(String id) {
        return Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", id);
    }

    private static void hasTokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("access_token")).isNotEmpty();
    }

    private static double waiting() {
        return Metrics.of(REALM.server()).gauge("ciba_polls_waiting");
    }

    private static void allowCiba(String clientId, boolean allowed) {
        REALM.admin()
                .updateClient(
                        REALM.name(),
                        clientId,
                        client ->
                                client.withObjectProperty("attributes")
                                        .put("oidc.ciba.grant.enabled", String.valueOf(allowed)));
    }
}
