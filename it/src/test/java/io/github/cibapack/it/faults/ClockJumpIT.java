// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.MovesTheClock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server's clock is put right by five minutes, while requests are pending or approved. */
@MovesTheClock
class ClockJumpIT {
    private static final Duration JUMP = Duration.ofMinutes(5);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.addUser("fay");
                                realm.addUser("finn");
                                realm.addUser("bea");
                                realm.addUser("bob2");
                                realm.component(
                                        "ciba-policy",
                                        "name",
                                        "long",
                                        "expiresIn",
                                        "900",
                                        "maxExpiresIn",
                                        "900");
                                realm.clientAttribute("gas-pump", "ciba.policies", "long");
                            })
                    .sharing(ClockServer::shared);

    private final FakeClock clock = FakeClock.of(REALM.server());
    private final RelyingParty pump = REALM.gasPump();

    @Test
    void requestWithTimeLeftOutlivesAJumpForward() {
        Answer started = start("fay", 900);
        URI link = REALM.linkOf(started);

        clock.advance(JUMP);

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
        assertThat(ApprovalForm.decide(link, "approve").status()).isEqualTo(200);
        assertRedeemedOnce(started);
    }

    @Test
    void requestWhoseTimeIsSkippedIsOverAndGivesNothing() {
        Answer started = start("finn", 60);
        URI link = REALM.linkOf(started);
        ApprovalForm page = ApprovalForm.open(link);

        clock.advance(JUMP);

        assertThat(page.press("decision", "approve").status()).isEqualTo(404);
        assertThat(pump.poll(started.authReqId()).error()).isIn("expired_token", "invalid_grant");
    }

    @Test
    void pollsAreNotPutOffByAJumpBack() {
        Answer started = start("bea", 300);
        URI link = REALM.linkOf(started);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");

        clock.advance(JUMP.negated());
        try {
            assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
            assertThat(ApprovalForm.decide(link, "approve").status()).isEqualTo(200);
            assertRedeemedOnce(started);
        } finally {
            clock.advance(JUMP);
        }
    }

    @Test
    void approvalBeforeAJumpBackIsRedeemedOnceAfterIt() {
        Answer started = start("bob2", 300);
        assertThat(ApprovalForm.decide(REALM.linkOf(started), "approve").status()).isEqualTo(200);

        clock.advance(JUMP.negated());
        try {
            assertRedeemedOnce(started);
        } finally {
            clock.advance(JUMP);
        }
    }

    private Answer start(String user, int seconds) {
        return pump.start(
                        Form.of("scope", "openid", "login_hint", user)
                                .and("requested_expiry", Integer.toString(seconds)))
                .accepted();
    }

    private void assertRedeemedOnce(Answer started) {
        Answer tokens = pump.poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }
}
