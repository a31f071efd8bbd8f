// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Limits hold over all nodes, to the last request. */
interface LimitsOverNodes {

    Cluster cluster();

    /** Whether an answer is that of a database that lets one of many at once go on. */
    default boolean isBusy(Answer answer) {
        return false;
    }

    static void prepare(RealmDocument realm) {
        limit(realm, "default", "total", "50");
        limit(realm, "three", "total", "3");
        limit(realm, "seven", "total", "7");
        for (String policy : List.of("three", "seven")) {
            for (String client : List.of(policy + "-a", policy + "-b")) {
                realm.addClient(client, client + "-secret")
                        .withObjectProperty("attributes")
                        .put("ciba.notification-policy", policy);
            }
        }
        realm.component("ciba-notification-policy", "name", "capped");
        realm.addClient("capped", "capped-secret")
                .withObjectProperty("attributes")
                .put("ciba.notification-policy", "capped");
        List.of("ten", "many", "cap").forEach(realm::addUser);
    }

    static void limit(RealmDocument realm, String name, String key, String value) {
        realm.component(
                "ciba-notification-policy",
                "name",
                name,
                key,
                value,
                "clientShare",
                "99",
                "pendingPerUser",
                "50",
                "pendingPerClientAndUser",
                "50");
    }

    @Test
    default void tenParallelRequestsOverBothNodesAgainstALimitOfThreeSendExactlyThree()
            throws Exception {
        List<Answer> answers = startAtOnce("ten", 10, "three-a", "three-b");

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.status() == 403);
        awaitMails("ten", 3);
    }

    @Test
    default void twoHundredParallelStartsAgainstALimitOfSevenSendExactlySevenMails()
            throws Exception {
        List<Answer> answers = startAtOnce("many", 200, "seven-a", "seven-b");

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(7);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .hasSize(193)
                .filteredOn(answer -> !isBusy(answer))
                .allSatisfy(
                        refusal -> {
                            assertThat(refusal.status()).as(refusal.body()).isEqualTo(403);
                            assertThat(refusal.error()).isEqualTo("access_denied");
                        });
        awaitMails("many", 7);
    }

    @Test
    default void oneClientsPendingRequestsAreCappedOverBothNodes() throws Exception {
        List<Answer> answers = startAtOnce("cap", 20, "capped");

        List<Answer> accepted = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(accepted).hasSize(3);
        ApprovalForm.decide(cluster().linkAt(1, accepted.get(0)), "deny");
        assertThat(cluster().relyingParty(0, "capped").start("cap", "room again").status())
                .isEqualTo(200);
    }

    private List<Answer> startAtOnce(String user, int number, String... clients) throws Exception {
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            RelyingParty client =
                    cluster()
                            .relyingParty(
                                    i % Cluster.NODES, clients[i / Cluster.NODES % clients.length]);
            tasks.add(() -> client.start(user, "at once"));
        }
        return AtOnce.run(tasks);
    }

    private void awaitMails(String user, int number) {
        AdminApi admin = cluster().admin();
        String userId = admin.user(cluster().realm(), user).path("id").asText();
        await().atMost(TwoNodesTests.SOON).until(() -> sentTo(admin, userId) == number);
        assertThat(cluster().mailbox().all())
                .filteredOn(mail -> mail.to().contains(user + "@ciba-demo.example"))
                .hasSize(number);
    }

    private long sentTo(AdminApi admin, String userId) {
        return admin.events(cluster().realm(), "AUTHREQID_TO_TOKEN").stream()
                .filter(event -> event.path("userId").asText().equals(userId))
                .filter(event -> event.at("/details/ciba_event").asText().equals("sent"))
                .count();
    }
}
