// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.PasswordLogin;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import io.github.cibapack.it.suite.OwnServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A node of the cluster hangs, connections open: the other one says that it cannot, and when to
 * come back.
 */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "needs PostgreSQL's binaries: ./mvnw -Pcluster")
@ResourceLock("ports of a cluster")
@OwnServer
class HungNodeIT {

    private static final int REQUESTS = 24;
    private static final String CLIENT = "claims";

    @RegisterExtension static final Cluster CLUSTER = new Cluster(HungNodeIT::prepare);

    private static void prepare(RealmDocument realm) {
        TwoNodesTests.prepare(realm);
        realm.addClient("bank-app", "bank-app-secret").put("directAccessGrantsEnabled", true);
        realm.component(
                "ciba-one-time-rule",
                "name",
                "transfers",
                "clientId",
                CLIENT,
                "gatewaySecret",
                "the-gateway-and-nobody-else");
        IntStream.rangeClosed(1, REQUESTS).forEach(i -> realm.addUser("user-" + i));
    }

    @AfterEach
    void goOn() {
        CLUSTER.node(1).thaw();
    }

    @Test
    void whatCannotBeDoneAtTheMomentIsAnsweredWith503() throws Exception {
        RelyingParty client = CLUSTER.relyingParty(0, CLIENT);
        List<Answer> started = new ArrayList<>();
        List<ApprovalForm> pages = new ArrayList<>();
        for (int i = 1; i <= REQUESTS; i++) {
            Answer answer = client.start("user-" + i, "hung-" + i);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            started.add(answer);
            pages.add(ApprovalForm.open(CLUSTER.linkAt(0, answer)));
        }
        String token =
                new PasswordLogin(CLUSTER.url(0, ""), "bank-app", "bank-app-secret")
                        .tokenOf("user-1", "alice-password");
        CLUSTER.node(1).freeze();

        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String authReqId = started.get(i).authReqId();
            ApprovalForm page = pages.get(i);
            String user = "user-" + (i + 1);
            calls.add(() -> client.poll(authReqId));
            calls.add(() -> RelyingParty.exchange(HttpRequest.newBuilder(page.link()).build()));
            calls.add(() -> page.press("decision", "approve"));
            calls.add(() -> client.start(user, "later"));
            calls.add(() -> check(token));
        }
        List<Answer> answers = AtOnce.run(calls);

        assertThat(answers).noneMatch(answer -> answer.status() == 500);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .isNotEmpty()
                .allSatisfy(
                        answer ->
                                assertThat(answer.header("Retry-After"))
                                        .as(answer.body())
                                        .isNotEmpty());
    }

    private static Answer check(String token) {
        URI rule = CLUSTER.url(0, "/one-time-authorization/transfers");
        return RelyingParty.exchange(
                HttpRequest.newBuilder(rule)
                        .header("X-Gateway-Secret", "the-gateway-and-nobody-else")
                        .header("X-Forwarded-Method", "POST")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "api.example")
                        .header("X-Forwarded-Uri", "/transfers?amount=50")
                        .header("X-Forwarded-For", "198.51.100.7")
                        .header("Authorization", "Bearer " + token)
                        .build());
    }
}
