// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.MovesTheClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds in a realm that has no notification policy. */
@MovesTheClock
class BuiltInLimitsIT {
    private static final String POLICY = "ciba-notification-policy";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(BuiltInLimitsIT::prepare).sharing(ClockServer::shared);

    @RegisterExtension
    static final RealmFixture HIDING =
            RealmFixture.fresh()
                    .with(
                            realm ->
                                    realm.attribute("ciba.hide-users", "true")
                                            .component(
                                                    POLICY,
                                                    "name",
                                                    "default",
                                                    "pendingPerClient",
                                                    "4"))
                    .sharing(REALM::server);

    private static FakeClock clock;

    private static void prepare(RealmDocument realm) {
        for (String user : List.of("tries", "flood", "denies", "other")) {
            realm.addUser(user);
        }
        // another policy of this name would relax the limits of this realm
        realm.component(POLICY, "name", "unused");
        realm.addClient("second", "second-secret");
    }

    @BeforeAll
    static void takeTheClock() {
        clock = FakeClock.of(REALM.server());
    }

    @Test
    void personWhoTriesAgainAndAgainIsAskedEachTime() {
        for (int i = 0; i < 8; i++) {
            Answer started = REALM.gasPump().start("tries", "login " + i);

            assertThat(started.status()).as("login %d: %s", i, started.body()).isEqualTo(200);
            decide(started, "approve");
        }
    }

    @Test
    void floodGetsThreeMailsAndThenPausesGrow() {
        RelyingParty pump = REALM.gasPump();
        startAndLetItExpire(pump, "flood");
        startAndLetItExpire(pump, "flood");
        startAndLetItExpire(pump, "flood");

        Answer fourth = pump.start("flood", "four");
        assertThat(fourth.status()).as(fourth.body()).isEqualTo(403);
        assertThat(Long.parseLong(fourth.header("Retry-After"))).isBetween(400L, 600L);
        clock.advance(Duration.ofMinutes(10));
        startAndLetItExpire(pump, "flood");
        clock.advance(Duration.ofMinutes(10));
        Answer fifth = pump.start("flood", "five");
        assertThat(fifth.status()).as("twice as long as before").isEqualTo(403);
        assertThat(REALM.relyingParty("second").start("flood", "of another").status())
                .as("another client's pauses are its own")
                .isEqualTo(200);
    }

    @Test
    void oneDenialIsNoReasonToWaitAndTwoAre() {
        RelyingParty pump = REALM.gasPump();
        decide(pump.start("denies", "wrong amount"), "deny");
        Answer second = pump.start("denies", "right amount");
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        decide(second, "deny");

        Answer third = pump.start("denies", "once more");

        assertThat(third.status()).isEqualTo(403);
        assertThat(Long.parseLong(third.header("Retry-After"))).isGreaterThan(900);
    }

    @Test
    void everyHintEvenAnInventedOneCountsForTheClient() {
        RelyingParty pump = HIDING.gasPump();
        for (int i = 0; i < 4; i++) {
            assertThat(pump.start("invented-" + i, "hello").status()).isEqualTo(200);
        }

        Answer invented = pump.start("invented-4", "hello");
        Answer existing = pump.start("alice", "hello");

        assertThat(List.of(invented, existing))
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
                            assertThat(answer.error()).isEqualTo("access_denied");
                            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
                        });
        assertThat(HIDING.gasPumpPost().start("invented-5", "hello").status())
                .as("another client has places of its own")
                .isEqualTo(200);
    }

    @Test
    void sameInventedHintCountsForTheClientHoweverOftenItIsSent() {
        RelyingParty pump = HIDING.gasPumpPost().atKeycloakEndpoints();
        Form form = Form.of("scope", "openid", "login_hint", "always-the-same");

        long taken = IntStream.range(0, 8).filter(i -> pump.start(form).status() == 200).count();

        assertThat(taken).isBetween(2L, 4L);
    }

    private static void startAndLetItExpire(RelyingParty pump, String user) {
        Answer started =
                pump.start(
                        Form.of("scope", "openid", "login_hint", user, "requested_expiry", "10"));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        REALM.mailbox().awaitMailFor(started.authReqId());
        clock.advance(Duration.ofSeconds(11));
    }

    private static void decide(Answer started, String decision) {
        ApprovalForm.decide(
                REALM.mailbox().awaitMailFor(started.authReqId()).magicLink(), decision);
    }
}
