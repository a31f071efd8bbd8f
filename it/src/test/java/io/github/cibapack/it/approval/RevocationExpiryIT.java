// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.MovesTheClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For how long an approval can be revoked, and how many of a user's. */
@MovesTheClock
class RevocationExpiryIT {
    private static final int MOST = 16;
    private static final int SESSION_SECONDS = 4 * 3600;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(RevocationExpiryIT::change).sharing(ClockServer::shared);

    private final RelyingParty pump = REALM.gasPump();

    private static void change(RealmDocument realm) {
        realm.json()
                .put("ssoSessionMaxLifespan", SESSION_SECONDS)
                .put("ssoSessionIdleTimeout", SESSION_SECONDS)
                .put("accessTokenLifespan", SESSION_SECONDS)
                .put("offlineSessionMaxLifespanEnabled", false);
        Access.letIntrospect(realm, "gas-pump", "gas-pump-post");
        for (String user : List.of("ada", "ben", "cat")) {
            realm.addUser(user).putArray("realmRoles").add("offline_access");
        }
    }

    @Test
    void linkRevokesForAsLongAsASessionCanLive() {
        FakeClock clock = FakeClock.of(REALM.server());
        Access online = Access.approved(REALM, pump, "ada", "openid");
        Answer tokens = online.redeem();
        Access offline = Access.approved(REALM, pump, "ben", "openid offline_access");
        Answer offlineTokens = offline.redeem();
        Access unused = Access.approved(REALM, pump, "cat", "openid");

        clock.advance(Duration.ofSeconds(SESSION_SECONDS - 300));
        online.assertAlive(tokens);
        assertThat(online.page().status()).isEqualTo(200);
        assertThat(online.page().body()).contains("ciba-revoke-form");
        assertThat(unused.page().status()).isEqualTo(404);
        online.revoke();
        online.assertEnded(tokens);
        assertThat(online.page().body()).contains("has lost its access");

        clock.advance(Duration.ofHours(19));
        assertThat(online.page().status())
                .as("the session could not live that long")
                .isEqualTo(404);
        Answer refreshed = offline.refresh(offlineTokens);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        offline.revoke();
        offline.assertEnded(refreshed);
        clock.advance(Duration.ofHours(2));
        assertThat(offline.page().status()).as("more than a day").isEqualTo(404);
        assertThat(pump.poll(unused.started().authReqId()).error()).isEqualTo("invalid_grant");
    }

    @Test
    void latestApprovalsOfAUserCanBeRevokedAndOlderOnesOfTheSameClientMakePlace() {
        Access ofAnother = Access.approved(REALM, REALM.gasPumpPost(), "cat", "openid");
        Answer tokensOfAnother = ofAnother.redeem();
        List<Access> all = new ArrayList<>();
        for (int i = 0; i < MOST + 1; i++) {
            Access access = Access.approved(REALM, pump, "cat", "openid");
            access.redeem();
            all.add(access);
        }

        assertThat(all.get(0).page().body()).doesNotContain("ciba-revoke-form");
        assertThat(all.get(MOST).page().body()).contains("ciba-revoke-form");
        assertThat(ApprovalForm.open(ofAnother.link()).token()).isNotEmpty();
        ofAnother.revoke();
        ofAnother.assertEnded(tokensOfAnother);
    }
}
