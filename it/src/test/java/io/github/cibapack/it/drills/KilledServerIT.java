// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.NotificationEndpoint;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.TcpProxy;
import io.github.cibapack.it.suite.OwnServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The only node is killed (SIGKILL) at a moment that is known, and starts again over its database,
 * which is the store.
 */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes and needs PostgreSQL's binaries: ./mvnw -Pdrills")
@OwnServer
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledServerIT {
    private static final String TOKEN = "8d67dc78-7faa-4d41-aabd-67707b374255";

    private static NotificationEndpoint endpoint;
    private static TcpProxy wayOfPings;

    @RegisterExtension
    static final ServerAndDatabase HERE =
            new ServerAndDatabase(KilledServerIT::prepare, "--features=stateless");

    private static void prepare(RealmDocument realm) {
        endpoint = NotificationEndpoint.start();
        wayOfPings = TcpProxy.to(endpoint.url().getPort());
        ServerAndDatabase.addUsers(realm, "mailed", "pinged", "decider", "redeemer");
        realm.attribute("ciba.outbound.allow-http", "true");
        realm.attribute("ciba.outbound.allow-private", "true");
        realm.addClient("ping-pump", "ping-pump-secret");
        realm.clientAttribute("ping-pump", "ciba.backchannel.token.delivery.mode", "ping");
        realm.clientAttribute(
                "ping-pump",
                "ciba.backchannel.client.notification.endpoint",
                "http://127.0.0.1:" + wayOfPings.port() + "/cb");
    }

    @AfterAll
    static void stop() {
        wayOfPings.close();
        endpoint.close();
    }

    /** What the acknowledgement has promised is in the store; the mail was in memory. */
    @Test
    void killBeforeTheMailHasLeftLosesTheMailAndNotTheRequest() {
        HERE.smtp().become(Mood.SILENT);
        Answer started = HERE.pump().start("mailed", "before the kill").accepted();
        await("a try to mail", () -> HERE.smtp().tries().contains(Mood.SILENT));

        HERE.killAndStartAgain();
        HERE.smtp().become(Mood.GOOD);

        assertThat(HERE.pump().poll(started.authReqId()).error())
                .isEqualTo("authorization_pending");
        assertThat(HERE.smtp().acceptedFor(started.authReqId())).isEmpty();
        resend(started);
        URI link = HERE.linkOf(started.authReqId());
        assertThat(ApprovalForm.decide(link, "approve").body()).contains("ciba-result-approved");
        assertRedeemedOnce(HERE.pump(), started);
    }

    /** The decision stands; the notification that did not arrive is not repeated. */
    @Test
    void killBetweenDecisionAndNotificationLosesTheNotificationAndNotTheDecision() {
        RelyingParty pump = HERE.relyingParty("ping-pump");
        Answer started =
                pump.start(
                                Form.of("scope", "openid", "login_hint", "pinged")
                                        .and("client_notification_token", TOKEN))
                        .accepted();
        URI link = HERE.linkOf(started.authReqId());
        wayOfPings.freeze();
        ApprovalForm.decide(link, "approve");
        await("the ping on its way", () -> wayOfPings.connections() > 0);

        HERE.killAndStartAgain();
        wayOfPings.hangUp();
        wayOfPings.thaw();

        assertRedeemedOnce(HERE.relyingParty("ping-pump"), started);
        assertThat(endpoint.pings(started.authReqId())).isEmpty();
    }

    @Test
    void killBetweenDecisionAndAnswerLosesNothing() {
        Answer started = HERE.pump().start("decider", "decided").accepted();
        ApprovalForm page = ApprovalForm.open(HERE.linkOf(started.authReqId()));

        killBeforeTheAnswer(
                way ->
                        new ApprovalForm(over(way, page.link()), page.token())
                                .press("decision", "approve"));

        assertThat(ApprovalForm.decide(page.link(), "deny").body())
                .contains("ciba-result-approved");
        assertRedeemedOnce(HERE.pump(), started);
    }

    /** Nobody else gets tokens for the approval, and neither does who was not answered. */
    @Test
    void killBetweenRedemptionAndAnswerRedeemsNothingTwice() {
        Answer started = HERE.pump().start("redeemer", "redeemed").accepted();
        ApprovalForm.decide(HERE.linkOf(started.authReqId()), "approve");
        Form poll =
                Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", started.authReqId());

        killBeforeTheAnswer(way -> HERE.pump().send(over(way, HERE.pump().tokenEndpoint()), poll));

        assertThat(HERE.pump().poll(started.authReqId()).error()).isEqualTo("invalid_grant");
        Answer again = HERE.pump().start("redeemer", "asked once more").accepted();
        ApprovalForm.decide(HERE.linkOf(again.authReqId()), "approve");
        assertRedeemedOnce(HERE.pump(), again);
    }

    private interface CallOver {
        Answer make(TcpProxy way);
    }

    /** Kills the server when the first piece of its answer is on the way, which nobody gets. */
    private static void killBeforeTheAnswer(CallOver call) {
        try (TcpProxy way = TcpProxy.to(HERE.server().baseUrl().getPort())) {
            way.holdAnswers();
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> call.make(way));
            await("the answer on its way", () -> way.heldAnswers() > 0);
            HERE.server().kill();
            way.hangUp();
            assertThatThrownBy(answer::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(UncheckedIOException.class);
        }
        HERE.killAndStartAgain();
    }

    private static URI over(TcpProxy way, URI uri) {
        return URI.create("http://127.0.0.1:" + way.port() + uri.getRawPath());
    }

    private static void resend(Answer started) {
        Answer resent =
                HERE.admin()
                        .call(
                                "POST",
                                "/"
                                        + ServerAndDatabase.REALM
                                        + "/ciba/requests/"
                                        + started.authReqId()
                                        + "/resend",
                                null);
        assertThat(resent.status()).as(resent.body()).isLessThan(300);
    }

    private static void assertRedeemedOnce(RelyingParty party, Answer started) {
        Answer tokens = undecidedNoMore(() -> party.poll(started.authReqId()));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(party.poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    /** After a restart, connections to the database are made anew. */
    private static Answer undecidedNoMore(Supplier<Answer> poll) {
        return Awaitility.await("an answer")
                .atMost(Duration.ofMinutes(1))
                .until(poll::get, answer -> answer.status() != 503);
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(40)).until(condition::getAsBoolean);
    }
}
