// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.MovesTheClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Keycloak's own endpoint keeps an approval for the realm's time, however short the time that the
 * relying party asked for.
 */
@MovesTheClock
class RealmsTimeIT {
    private static final int SHORT = 60;

    /** Longer than all that is kept for the short time and a minute more. */
    private static final Duration AFTER_IT = Duration.ofSeconds(2 * SHORT + 90);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.attribute("cibaExpiresIn", "600");
                                realm.addUser("ines");
                                realm.addUser("ivan");
                                realm.addUser("imke");
                            })
                    .sharing(ClockServer::shared);

    private final FakeClock clock = FakeClock.of(REALM.server());
    private final RelyingParty pump = REALM.gasPump().atKeycloakEndpoints();

    @Test
    void approvalIsRedeemedAfterTheTimeThatWasAskedFor() {
        Access approved = approved("ines");

        clock.advance(AFTER_IT);

        Answer tokens = approved.redeem();
        assertThat(approved.page().body()).contains("ciba-revoke-form");
        approved.revoke();
        assertThat(approved.page().body()).contains("has lost its access");
        assertThat(tokens.text("access_token")).isNotEmpty();
    }

    @Test
    void approvalCanBeRevokedForAsLongAsItCanBeRedeemed() {
        Access approved = approved("ivan");

        clock.advance(AFTER_IT);

        assertThat(approved.page().body()).contains("ciba-revoke-form");
        approved.revoke();
        assertThat(pump.poll(approved.started().authReqId()).status()).isEqualTo(400);
    }

    @Test
    void redemptionThatWasRefusedUsesTheApprovalUpForGood() {
        Access approved = approved("imke");
        String address = REALM.admin().user(REALM.name(), "imke").path("email").asText();
        moveTo("elsewhere@example.org");
        assertThat(pump.poll(approved.started().authReqId()).error()).isEqualTo("invalid_grant");
        moveTo(address);

        clock.advance(AFTER_IT);

        assertThat(pump.poll(approved.started().authReqId()).status()).isEqualTo(400);
    }

    private static void moveTo(String address) {
        REALM.admin().updateUser(REALM.name(), "imke", user -> user.put("email", address));
    }

    private Access approved(String user) {
        Access asked =
                Access.asked(
                        REALM,
                        pump,
                        Form.of("scope", "openid", "login_hint", user)
                                .and("requested_expiry", Integer.toString(SHORT)));
        ApprovalForm.decide(asked.link(), "approve");
        return asked;
    }
}
