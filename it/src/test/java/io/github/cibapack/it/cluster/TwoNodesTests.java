// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.cibapack.it.hint.HintTokens;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.ClientAssertion;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.AtOnce;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold wherever a call arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class TwoNodesTests implements LimitsOverNodes, FollowUps {
    static final int ROUNDS = 10;

    static final Duration SOON = Duration.ofSeconds(40);
    private static final int AT_ONCE = 50;

    private final Cluster cluster;

    TwoNodesTests(Cluster cluster) {
        this.cluster = cluster;
    }

    static void prepare(RealmDocument realm) {
        LimitsOverNodes.prepare(realm);
        FollowUps.prepare(realm);
        realm.component(
                "ciba-notification-policy", "name", "claims", "claimed", "20", "unclaimed", "40");
        realm.addClient("claims", "claims-secret")
                .withObjectProperty("attributes")
                .put("ciba.notification-policy", "claims");
        List.of("wanderer", "racer", "decider").forEach(realm::addUser);
        IntStream.rangeClosed(1, ROUNDS).forEach(i -> realm.addUser("reporter-" + i));
        IntStream.rangeClosed(1, ROUNDS).forEach(i -> realm.addUser("revoker-" + i));
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @AfterAll
    void nothingFailedOnTheWay() {
        assertThat(cluster.logs().lines())
                .noneMatch(line -> line.contains("ERROR [io.github.cibapack."))
                .noneMatch(line -> line.contains("Uncaught server error"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void requestOfOneNodeIsApprovedOnTheOtherAndRedeemedOnTheFirst(boolean keycloaks) {
        RelyingParty pump = pump(0, keycloaks);
        String message = "wander-" + keycloaks;
        Answer started = pump.start("wanderer", message);
        assertThat(pump(1, keycloaks).poll(started.authReqId()).error())
                .isEqualTo("authorization_pending");

        URI link = linkOf(1, message);
        assertThat(ApprovalForm.decide(link, "approve").body()).contains("ciba-result-approved");

        Answer tokens = pump.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().has("access_token")).isTrue();
        assertThat(pump(1, keycloaks).poll(started.authReqId()).error()).isEqualTo("invalid_grant");
        assertThat(ApprovalForm.decide(linkOf(0, message), "deny").body())
                .contains("ciba-result-approved");
    }

    @RepeatedTest(ROUNDS)
    void ofPollsThatRaceOnBothNodesOneGetsTokens(RepetitionInfo round) throws Exception {
        boolean keycloaks = round.getCurrentRepetition() % 2 == 0;
        String message = "race-" + round.getCurrentRepetition();
        Answer started = pump(0, keycloaks).start("racer", message);
        ApprovalForm.decide(linkOf(1, message), "approve");

        List<Answer> answers =
                AtOnce.run(
                        onBothNodes(
                                AT_ONCE, node -> pump(node, keycloaks).poll(started.authReqId())));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(
                        answer ->
                                List.of("invalid_grant", "slow_down").contains(answer.error())
                                        || isBusy(answer));
    }

    @RepeatedTest(ROUNDS)
    void ofDecisionsThatRaceOnBothNodesOneCounts() throws Exception {
        RelyingParty pump = cluster.relyingParty(0, "claims");
        Answer started = pump.start("decider", "decide");
        List<ApprovalForm> pages =
                List.of(
                        ApprovalForm.open(cluster.linkAt(0, started)),
                        ApprovalForm.open(cluster.linkAt(1, started)));

        List<Answer> answers =
                AtOnce.run(
                        onBothNodes(
                                AT_ONCE,
                                node ->
                                        pages.get(node)
                                                .press(
                                                        "decision",
                                                        node == 0 ? "approve" : "deny")));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        boolean approved =
                ApprovalForm.decide(cluster.linkAt(1, started), "deny")
                        .body()
                        .contains("ciba-result-approved");
        Answer end = pump.pollUntilDecided(started);
        assertThat(end.status()).isEqualTo(approved ? 200 : 400);
        assertThat(Trail.of(cluster.admin(), cluster.realm(), started).steps())
                .filteredOn(step -> List.of("approved", "denied").contains(step))
                .containsExactly(approved ? "approved" : "denied");
    }

    @RepeatedTest(ROUNDS)
    void reportsOfTwoRequestsAtOnceEndBothAndBlockTheClient(RepetitionInfo round) throws Exception {
        String user = "reporter-" + round.getCurrentRepetition();
        RelyingParty client = cluster.relyingParty(0, "claims");
        List<Answer> started = List.of(client.start(user, "one"), client.start(user, "other"));
        List<ApprovalForm> pages =
                List.of(
                        ApprovalForm.open(cluster.linkAt(0, started.get(0))),
                        ApprovalForm.open(cluster.linkAt(1, started.get(1))));

        List<Answer> answers =
                AtOnce.run(onBothNodes(2, node -> pages.get(node).press("decision", "report")));

        assertThat(answers)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                            assertThat(answer.body()).contains("ciba-result-reported");
                        });
        for (Answer request : started) {
            assertThat(client.pollUntilDecided(request).error()).isEqualTo("access_denied");
            assertThat(Trail.of(cluster.admin(), cluster.realm(), request).steps())
                    .containsOnlyOnce("reported");
        }
        assertThat(cluster.relyingParty(1, "claims").start(user, "blocked").status())
                .isEqualTo(403);
    }

    @RepeatedTest(ROUNDS)
    void revocationOnOneNodeAndPollOnTheOtherLeaveNoTokens(RepetitionInfo round) throws Exception {
        boolean keycloaks = round.getCurrentRepetition() % 2 == 0;
        String user = "revoker-" + round.getCurrentRepetition();
        Answer started = pump(0, keycloaks).start(user, user);
        URI link = linkOf(1, user);
        ApprovalForm.decide(link, "approve");
        ApprovalForm revocation =
                new ApprovalForm(URI.create(link + "/revoke"), ApprovalForm.open(link).token());

        List<Answer> answers =
                AtOnce.run(
                        List.of(
                                () -> revocation.press("revoke", "true"),
                                () -> pump(0, keycloaks).poll(started.authReqId())));

        assertThat(answers.get(0).body()).contains("ciba-result-reported");
        // two transactions of the database may meet in a deadlock: then the poll may come again
        Answer poll =
                answers.get(1).status() == 503
                        ? pump(0, keycloaks).poll(started.authReqId())
                        : answers.get(1);
        if (poll.status() == 200) {
            IntStream.range(0, Cluster.NODES)
                    .forEach(node -> assertThat(userinfo(node, poll)).isEqualTo(401));
        } else {
            assertThat(poll.error())
                    .as(poll.body())
                    .isIn("invalid_grant", "access_denied", "slow_down");
        }
    }

    private int userinfo(int node, Answer tokens) {
        return RelyingParty.exchange(
                        HttpRequest.newBuilder(
                                        cluster.url(node, "/protocol/openid-connect/userinfo"))
                                .header("Authorization", "Bearer " + tokens.text("access_token"))
                                .build())
                .status();
    }

    @Test
    void clientAssertionThatOneNodeTookIsRefusedByTheOther() {
        RelyingParty client = cluster.relyingParty(0, "gas-pump-secret-jwt").withoutSecret();
        Form form =
                Form.of("scope", "openid", "login_hint", "alice")
                        .and(
                                ClientAssertion.of(
                                                "gas-pump-secret-jwt",
                                                cluster.secretOf("gas-pump-secret-jwt"))
                                        .audience(cluster.issuer().toString())
                                        .signed());

        Answer first = client.send(cluster.url(0, "/as/cibaAuthorization"), form);
        Answer replayed = client.send(cluster.url(1, "/as/cibaAuthorization"), form);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(replayed.status()).as(replayed.body()).isIn(400, 401);
        assertThat(replayed.error()).isEqualTo("invalid_client");
        assertThat(cluster.logs()).contains("already used");
    }

    @Test
    void hintTokenThatOneNodeTookIsRefusedByTheOther() {
        String token =
                HintTokens.signedWithSecret(
                        new HintTokens("gas-pump-hint", cluster.issuer().toString(), "alice")
                                .claims(claims -> {}),
                        JWSAlgorithm.HS256,
                        cluster.secretOf("gas-pump-hint"));
        Form form = Form.of("scope", "openid", "login_hint_token", token);

        Answer first = cluster.relyingParty(0, "gas-pump-hint").start(form);
        Answer replayed = cluster.relyingParty(1, "gas-pump-hint").start(form);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(replayed.status()).as(replayed.body()).isEqualTo(400);
        assertThat(replayed.error()).isEqualTo("invalid_request");
    }

    private RelyingParty pump(int node, boolean keycloaks) {
        RelyingParty pump = cluster.relyingParty(node, "gas-pump");
        return keycloaks ? pump.atKeycloakEndpoints() : pump;
    }

    /** By the message, as the id that Keycloak's endpoint gives is not the one in the mail. */
    private URI linkOf(int node, String message) {
        URI link = cluster.mailbox().await(mail -> mail.mentions(message), SOON).magicLink();
        return cluster.node(node).url(link.getRawPath());
    }

    private static List<Callable<Answer>> onBothNodes(int calls, IntFunction<Answer> call) {
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int node = i % Cluster.NODES;
            tasks.add(() -> call.apply(node));
        }
        return tasks;
    }
}
