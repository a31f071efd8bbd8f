// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A phone rings at once, and a mail follows if nobody has decided by then. */
class ChannelStepsIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    /** Long enough to decide before, in seconds. */
    private static final String DELAY = "4";

    private static final Receiver RECEIVER = Receiver.start();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(ChannelStepsIT::prepare);

    @RegisterExtension
    static final RealmFixture REFUSING =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                Receiver.mayBeCalledBy(realm);
                                realm.addUser("zara");
                                client(realm, "steps", "webhook,email", "email=" + DELAY, "200");
                            });

    private static void prepare(RealmDocument realm) {
        Receiver.mayBeCalledBy(realm);
        for (String user : List.of("vera", "will", "xena", "yuri", "zoe", "zack", "wanda", "wim")) {
            realm.addUser(user);
        }
        client(realm, "steps", "webhook,email", "email=" + DELAY, "200");
        client(realm, "brought-forward", "webhook,email", "email=3600", "404");
        client(realm, "late", "webhook,email", "email=12", "200");
        client(realm, "last-minute", "webhook,email", "email=100", "200");
        client(realm, "list-first", "inbox,email", "email=" + DELAY, "200");
        client(realm, "one-message", "webhook,email", "email=" + DELAY, "200");
        realm.clientAttribute("one-message", "ciba.notification-policy", "one");
        realm.component("ciba-notification-policy", "name", "one", "total", "1");
    }

    private static void client(
            RealmDocument realm, String name, String channels, String delays, String answers) {
        RECEIVER.addClient(realm, name, answers, "channels", channels, "channelDelays", delays);
    }

    @AfterAll
    static void stop() {
        RECEIVER.close();
    }

    @Test
    void mailFollowsThePhoneWithTheSameLinkAndStatusTellsWhoDelivered() {
        RelyingParty client = REALM.relyingParty("steps");

        Answer started = client.start("vera", "two steps");
        URI rung = RECEIVER.awaitCallOf(started).link();
        Trail trail = Trail.of(REALM, started);
        trail.await("sent");
        assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(started.authReqId()));
        assertThat(client.status(started.authReqId()).text("channel")).isEqualTo("webhook");

        URI mailed = REALM.linkOf(started);
        JsonNode escalated = trail.awaitDetails("escalated");

        assertThat(mailed).isEqualTo(rung);
        assertThat(escalated.path("channel").asText()).isEqualTo("email");
        assertThat(escalated.path("ciba_policy").asText()).isEqualTo("steps");
        ApprovalForm.decide(mailed, "approve");
        Answer tokens = client.pollUntilDecided(started);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(RECEIVER.callsOf(started)).hasSize(1);
    }

    @Test
    void decisionCancellationAndExpiryStopWhatIsToCome() {
        double before = steps("unneeded");
        RelyingParty client = REALM.relyingParty("steps");
        Answer decided = client.start("will", "decided before");
        Answer cancelled = client.start("xena", "cancelled before");
        Answer expired =
                REALM.relyingParty("late")
                        .start(
                                Form.of(
                                        "scope",
                                        "openid",
                                        "login_hint",
                                        "wanda",
                                        "requested_expiry",
                                        "10"));
        RECEIVER.awaitCallOf(expired);
        ApprovalForm.decide(RECEIVER.awaitCallOf(decided).link(), "deny");
        RECEIVER.awaitCallOf(cancelled);
        assertThat(client.cancel(cancelled.authReqId()).status()).isEqualTo(200);

        await("the times of the steps").atMost(SOON).until(() -> steps("unneeded") >= before + 2);
        Trail.of(REALM, expired).await("expired");

        for (Answer over : List.of(decided, cancelled, expired)) {
            assertThat(Trail.of(REALM, over).steps()).doesNotContain("escalated");
            assertThat(REALM.mailbox().all()).noneMatch(mail -> mail.mentions(over.authReqId()));
        }
    }

    /** No memory is kept for what is not needed any more. */
    @Test
    void stepGoesWithTheDecisionAndNotAtItsTime() {
        double before = steps("unneeded");
        Answer started = REALM.relyingParty("last-minute").start("wim", "decided at once");

        ApprovalForm.decide(RECEIVER.awaitCallOf(started).link(), "approve");

        await("the end of the step").atMost(SOON).until(() -> steps("unneeded") > before);
    }

    @Test
    void channelThatFailsBringsTheNextForward() {
        Answer started = REALM.relyingParty("brought-forward").start("yuri", "no hour to wait");

        REALM.mailbox().awaitMailFor(started.authReqId());

        JsonNode rerouted = Trail.of(REALM, started).awaitDetails("rerouted");
        assertThat(rerouted.path("channel").asText()).isEqualTo("email");
    }

    @Test
    void personIsCountedOnceWhateverTheChannels() {
        RelyingParty client = REALM.relyingParty("one-message");

        Answer first = client.start("zoe", "both ways");
        REALM.mailbox().awaitMailFor(first.authReqId());
        Answer second = client.start("zoe", "one too many");

        assertThat(RECEIVER.callsOf(first)).hasSize(1);
        assertThat(second.status()).as(second.body()).isEqualTo(403);
    }

    @Test
    void listOfRequestsMayComeFirstAndAMailLater() {
        RelyingParty client = REALM.relyingParty("list-first");

        Answer started = client.start("zack", "found in the list, or mailed");
        URI mailed = REALM.linkOf(started);

        assertThat(Trail.of(REALM, started).awaitDetails("requested").path("channel").asText())
                .isEqualTo("inbox");
        ApprovalForm.decide(mailed, "approve");
        assertThat(client.pollUntilDecided(started).status()).isEqualTo(200);
    }

    @Test
    void mailThatIsRefusedLaterEndsNothingThatAPhoneHasTold() {
        try (ScriptedSmtp smtp = ScriptedSmtp.startFor(REFUSING.server().smtpBindAddress())) {
            smtp.become(ScriptedSmtp.Mood.UNKNOWN_RECIPIENT);
            REFUSING.admin()
                    .updateRealm(
                            REFUSING.name(),
                            realm ->
                                    realm.withObjectProperty("smtpServer")
                                            .put("port", Integer.toString(smtp.port())));
            RelyingParty client = REFUSING.relyingParty("steps");
            Answer started = client.start("zara", "the phone has it").accepted();
            URI rung = RECEIVER.awaitCallOf(started).link();

            JsonNode failed = Trail.of(REFUSING, started).awaitDetails("send_failed");

            assertThat(failed.path("channel").asText()).isEqualTo("email");
            ApprovalForm.decide(rung, "approve");
            assertThat(client.pollUntilDecided(started).status()).isEqualTo(200);
        }
    }

    private static double steps(String outcome) {
        return Metrics.of(REALM.server())
                .value(
                        "ciba_steps_total",
                        "outcome=\"" + outcome + '"',
                        "realm=\"" + REALM.name() + '"');
    }
}
