// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static io.github.cibapack.it.contract.Documented.correlationId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.MovesTheClock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relying party is told of a request that nobody has decided in time. */
@MovesTheClock
class ExpiryIT {

    private static final String EXPIRED =
            "The request could not be completed. There was an issue processing the request.: "
                    + "The authorization request for the provided auth_req_id has expired. "
                    + "(Correlation ID: ";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(realm -> realm.attribute("cibaExpiresIn", "10"))
                    .sharing(ClockServer::shared);

    @RegisterExtension
    static final RealmFixture HIDING =
            RealmFixture.fresh()
                    .with(realm -> realm.attribute("ciba.hide-users", "true"))
                    .sharing(ClockServer::shared);

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    @Tag("CIBA-Core-11")
    @Clause("11-3")
    void expiredIsSaid(int seconds) {
        Answer started = REALM.gasPump().start(expiringAfter("alice", seconds));

        putForward(seconds);
        Answer poll = REALM.gasPump().pollUntilDecided(started);

        assertRefusal(poll, 400, "expired_token");
        assertThat(poll.errorDescription()).isEqualTo(EXPIRED + correlationId(poll) + ")");
    }

    @Test
    @Clause("11-3")
    void decisionAfterTheExpiryGetsNoTokens() {
        Answer started = REALM.gasPump().start(expiringAfter("alice", 10));
        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());
        putForward(10);
        REALM.gasPump().pollUntilDecided(started);

        Answer page = Person.approves(mail);

        assertThat(page.status()).isEqualTo(404);
        assertRefusal(REALM.gasPump().poll(started.authReqId()), 400, "expired_token");
    }

    @Test
    void expiredRequestIsRefusedInKeycloaksWords() {
        RelyingParty pump = REALM.gasPump().atKeycloakEndpoints();
        Answer started = pump.start("alice", "At-Keycloaks-endpoint");
        assertThat(started.json().path("expires_in").asInt()).isEqualTo(10);
        ReceivedMail mail =
                REALM.mailbox()
                        .await(
                                found -> found.mentions("At-Keycloaks-endpoint"),
                                Duration.ofSeconds(20));

        putForward(10);
        Answer poll = pump.pollUntilDecided(started);

        assertThat(poll.error()).isEqualTo("expired_token");
        assertThat(poll.errorDescription()).isEqualTo("authentication timed out");
        assertThat(Person.approves(mail).status()).isEqualTo(404);
    }

    @Test
    void requestOfNobodyExpiresLikeAnyOther() {
        RelyingParty pump = HIDING.gasPump();
        Answer hidden = pump.start(expiringAfter("nobody-at-all", 10));

        putForward(10);
        Answer end = pump.pollUntilDecided(hidden);

        assertThat(end.error()).isEqualTo("expired_token");
    }

    private static Form expiringAfter(String user, int seconds) {
        return Form.of("scope", "openid", "login_hint", user)
                .and("requested_expiry", String.valueOf(seconds));
    }

    private static void putForward(int seconds) {
        FakeClock.of(REALM.server()).advance(Duration.ofSeconds(seconds));
    }
}
