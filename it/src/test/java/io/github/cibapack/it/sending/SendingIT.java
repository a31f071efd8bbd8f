// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a mail when the mail server is not at its best. */
class SendingIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                for (String user :
                                        List.of("dora", "erik", "fred", "gina", "hugo")) {
                                    realm.addUser(user);
                                }
                                for (String user : List.of("ines", "jack", "kate", "liam")) {
                                    realm.addUser(user);
                                }
                            });

    private ScriptedSmtp smtp;
    private RelyingParty pump;

    @BeforeEach
    void mailGoesToTheScriptedServer() {
        smtp = ScriptedSmtp.start();
        sendMailTo(smtp.port());
        pump = REALM.gasPump();
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    @Test
    void acknowledgementDoesNotWaitForTheMailServer() {
        smtp.hold();

        Answer started = pump.start("alice", "slow");

        assertThat(started.status()).isEqualTo(200);
        assertThat(smtp.accepted()).isEmpty();
        smtp.goOn();
        awaitOneMail(started);
        awaitEvent(started, "sent");
    }

    @Test
    void mailComesWhenTheMailServerIsBack() {
        int port = FreePort.any();
        sendMailTo(port);
        Answer started = pump.start("dora", "down");
        String failure =
                "The email message of request %s was not taken at try 3"
                        .formatted(started.authReqId());
        await().atMost(SOON).until(() -> REALM.server().logs().contains(failure));
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");

        try (ScriptedSmtp back = ScriptedSmtp.startAt(port)) {
            await().atMost(SOON).until(() -> back.acceptedFor(started.authReqId()).size() == 1);
        }

        JsonNode sent = awaitEvent(started, "sent");
        assertThat(sent.path("details").path("tries").asInt()).isGreaterThan(3);
    }

    @Test
    void busyServerIsAskedAgain() {
        smtp.become(Mood.BUSY);
        Answer started = pump.start("erik", "busy");
        await().atMost(SOON).until(() -> smtp.tries().size() >= 2);
        smtp.become(Mood.GOOD);

        awaitOneMail(started);
        assertThat(awaitEvent(started, "sent").path("details").path("tries").asInt())
                .isGreaterThan(2);
    }

    @Test
    void greylistedMailIsBroughtAgain() {
        smtp.become(Mood.GREYLISTING);
        Answer started = pump.start("fred", "greylisted");
        await().atMost(SOON).until(() -> smtp.tries().size() >= 2);
        smtp.become(Mood.GOOD);

        awaitOneMail(started);
        awaitEvent(started, "sent");
        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }

    @Test
    void mailThatWasCutOffIsSentOnceMore() {
        smtp.become(Mood.DROPS_MID_MESSAGE);
        Answer started = pump.start("gina", "cut");
        await().atMost(SOON).until(() -> !smtp.tries().isEmpty());
        smtp.become(Mood.GOOD);

        awaitOneMail(started);
        awaitEvent(started, "sent");
    }

    /** The server's word is missing, so a copy cannot be avoided; its reader can tell it is one. */
    @Test
    void copyAfterALostAnswerHasTheSameMessageId() {
        smtp.become(Mood.DROPS_AFTER_FINAL_DOT);
        Answer started = pump.start("hugo", "lost answer");
        await().atMost(SOON).until(() -> smtp.acceptedFor(started.authReqId()).size() == 1);
        smtp.become(Mood.GOOD);
        await().atMost(SOON).until(() -> smtp.acceptedFor(started.authReqId()).size() == 2);
        awaitEvent(started, "sent");

        List<String> ids =
                smtp.acceptedFor(started.authReqId()).stream()
                        .map(mail -> mail.headers().get("Message-ID"))
                        .toList();
        assertThat(ids.get(0)).endsWith("@ciba-demo.example>").isEqualTo(ids.get(1));
        assertThat(ids).hasSize(2);
    }

    @Test
    void mailRefusedForGoodEndsTheRequestAtOnce() {
        smtp.become(Mood.UNKNOWN_RECIPIENT);
        Answer started = pump.start("ines", "refused");

        Answer ended = pump.pollUntilDecided(started);

        assertThat(ended.error()).isEqualTo("access_denied");
        assertThat(ended.errorDescription()).contains("could not be delivered to the user");
        JsonNode failed = awaitEvent(started, "send_failed");
        assertThat(failed.path("type").asText()).isEqualTo("AUTHREQID_TO_TOKEN_ERROR");
        assertThat(failed.path("details").path("reason").asText()).isEqualTo("smtp_reply_550");
        assertThat(smtp.tries()).hasSize(1);
        assertThat(REALM.server().logs()).doesNotContain("ines@ciba-demo.example");
    }

    @Test
    void requestEndsWhenNoTryIsLeft() {
        smtp.become(Mood.BUSY);
        Answer started =
                pump.start(
                        Form.of("scope", "openid", "login_hint", "jack", "requested_expiry", "10"));

        JsonNode failed = awaitEvent(started, "send_failed");

        assertThat(failed.path("details").path("reason").asText()).isEqualTo("smtp_reply_421");
        assertThat(smtp.tries().size()).isGreaterThan(1);
        assertThat(smtp.acceptedFor(started.authReqId())).isEmpty();
    }

    @Test
    void mailSaysThatAMachineSentIt() {
        Answer started = pump.start("kate", "headers");
        awaitEvent(started, "sent");

        ReceivedMail mail = awaitOneMail(started);

        assertThat(mail.headers().get("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.from()).isEqualTo("CIBA Demo <noreply@ciba-demo.example>");
    }

    @Test
    void realmsReplyToAndEnvelopeSenderAreKept() {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("replyTo", "help@ciba-demo.example")
                                        .put("replyToDisplayName", "Help Desk")
                                        .put("envelopeFrom", "bounces@ciba-demo.example"));

        Answer started = pump.start("liam", "settings");
        awaitEvent(started, "sent");

        assertThat(awaitOneMail(started).headers().get("Reply-To"))
                .isEqualTo("Help Desk <help@ciba-demo.example>");
        assertThat(smtp.envelopeSenders()).contains("bounces@ciba-demo.example");
    }

    private void sendMailTo(int port) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("port", String.valueOf(port)));
    }

    private ReceivedMail awaitOneMail(Answer started) {
        await().atMost(SOON).until(() -> !smtp.acceptedFor(started.authReqId()).isEmpty());
        assertThat(smtp.acceptedFor(started.authReqId())).hasSize(1);
        return smtp.acceptedFor(started.authReqId()).get(0);
    }

    private static JsonNode awaitEvent(Answer started, String step) {
        return Trail.of(REALM, started).await(step);
    }
}
