// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * "This was not me" against whatever comes at the same moment: once it is said that the access has
 * ended, no token of the approval is good, whoever was first.
 */
@Timeout(300)
class RevocationRaceIT {
    private static final int ROUNDS = 50;
    private static final int REFRESHES = 4;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(RevocationRaceIT::change);

    private static void change(RealmDocument realm) {
        Access.letIntrospect(realm, "gas-pump");
        for (String kind : List.of("as", "native", "refresh", "presses")) {
            for (int i = 0; i < ROUNDS; i++) {
                realm.addUser(kind + i).putArray("realmRoles").add("offline_access");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"as", "native"})
    void neitherAPollNorThePressLeavesTokensAlive(String where) throws Exception {
        RelyingParty pump =
                where.equals("as") ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
        int redeemed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Access access = Access.approved(REALM, pump, where + round, "openid offline_access");
            String token = ApprovalForm.open(access.link()).token();

            List<Answer> answers =
                    AtOnce.run(
                            List.of(
                                    () -> access.form(token).press("revoke", "true"),
                                    () -> pump.poll(access.started().authReqId())));

            assertThat(answers.get(0).status()).as(answers.get(0).body()).isIn(200, 303);
            assertThat(access.page().body()).contains("ciba-result-reported");
            Answer poll = answers.get(1);
            if (poll.status() == 200) {
                redeemed++;
                access.assertEnded(poll);
            } else {
                assertThat(poll.error())
                        .as(poll.body())
                        .isIn("invalid_grant", "access_denied", "slow_down");
            }
            assertThat(sessions(where + round)).isEqualTo("[]");
        }
        System.out.printf("%s: %d of %d polls came first%n", where, redeemed, ROUNDS);
    }

    /** Keycloak may write a session back that a refresh under way has read before it was ended. */
    @Test
    @EnabledIfSystemProperty(
            named = "it.cluster",
            matches = "true",
            disabledReason = "a race within Keycloak that time decides: ./mvnw -Pcluster")
    void refreshesAtTheSameMomentBringNothingBack() throws Exception {
        RelyingParty pump = REALM.gasPump();
        for (int round = 0; round < ROUNDS / 2; round++) {
            Access access =
                    Access.approved(REALM, pump, "refresh" + round, "openid offline_access");
            Answer tokens = access.redeem();
            String token = ApprovalForm.open(access.link()).token();
            List<Callable<Answer>> tasks = new ArrayList<>();
            tasks.add(() -> access.form(token).press("revoke", "true"));
            IntStream.range(0, REFRESHES).forEach(i -> tasks.add(() -> access.refresh(tokens)));

            List<Answer> answers = AtOnce.run(tasks);

            access.assertEnded(tokens);
            answers.stream()
                    .skip(1)
                    .filter(answer -> answer.status() == 200)
                    .forEach(access::assertEnded);
            assertThat(sessions("refresh" + round)).isEqualTo("[]");
        }
    }

    @Test
    void pressesAtTheSameMomentAreOneRevocation() throws Exception {
        Access access = Access.approved(REALM, REALM.gasPump(), "presses0", "openid");
        Answer tokens = access.redeem();
        String token = ApprovalForm.open(access.link()).token();

        List<Answer> answers =
                AtOnce.run(
                        IntStream.range(0, 20)
                                .<Callable<Answer>>mapToObj(
                                        i -> () -> access.form(token).press("revoke", "true"))
                                .toList());

        assertThat(answers).allMatch(answer -> answer.status() < 400);
        access.assertEnded(tokens);
        assertThat(REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR"))
                .filteredOn(
                        event ->
                                event.path("details")
                                        .path("auth_req_id")
                                        .asText()
                                        .equals(access.started().authReqId()))
                .hasSize(1);
    }

    private static String sessions(String user) {
        return REALM.admin()
                .call(
                        "GET",
                        "/%s/users/%s/sessions".formatted(REALM.name(), REALM.userId(user)),
                        null)
                .body();
    }
}
