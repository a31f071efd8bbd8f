// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is locked by brute-force protection can be neither asked nor logged in by an approval. */
class LockedUserIT {

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(LockedUserIT::protect);

    private static void protect(RealmDocument realm) {
        realm.json()
                .put("bruteForceProtected", true)
                .put("failureFactor", 2)
                .put("waitIncrementSeconds", 900)
                .put("minimumQuickLoginWaitSeconds", 900);
        realm.addClient("login-form", "login-form-secret").put("directAccessGrantsEnabled", true);
        realm.addUser("dora");
        realm.addUser("emil");
        realm.addUser("fred");
    }

    @Test
    @Clause("13-9")
    void lockedUserIsNotAsked() {
        lock("dora");

        Answer answer = REALM.gasPump().start("dora", "Pump 4");

        assertRefusal(answer, 403, "access_denied");
    }

    @Test
    void lockBetweenApprovalAndPollRefusesTheTokens() {
        Answer started = REALM.gasPump().start("emil", "Pump 5");
        Person.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        lock("emil");

        assertRefusal(REALM.gasPump().poll(started.authReqId()), 400, "invalid_grant");
    }

    @Test
    void lockBetweenApprovalAndPollCountsAtKeycloaksEndpointAsWell() {
        Answer started = REALM.gasPump().atKeycloakEndpoints().start("fred", "Pump-6");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        ReceivedMail mail =
                REALM.mailbox().await(m -> m.mentions("Pump-6"), Duration.ofSeconds(20));
        Person.approves(mail);
        lock("fred");

        Answer poll = REALM.gasPump().atKeycloakEndpoints().poll(started.authReqId());

        assertThat(poll.status()).as(poll.body()).isEqualTo(400);
        assertThat(poll.error()).isEqualTo("invalid_grant");
    }

    private static void lock(String username) {
        Form wrongPassword =
                Form.of("grant_type", "password", "username", username, "password", "not-it");
        String state = "/" + REALM.name() + "/attack-detection/brute-force/users/";
        Awaitility.await(username + " is locked")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            REALM.relyingParty("login-form")
                                    .atKeycloakEndpoints()
                                    .send(
                                            REALM.url("/protocol/openid-connect/token"),
                                            wrongPassword);
                            return REALM.admin()
                                    .call("GET", state + REALM.userId(username), null)
                                    .json()
                                    .path("disabled")
                                    .asBoolean();
                        });
    }
}
