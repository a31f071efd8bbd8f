// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node with room for two mails: what is full says so, what is in goes out. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@OwnServer
class QueueIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String OPTION = "--spi-ciba-auth-channel--ciba-email--";

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.component(
                                        "ciba-policy",
                                        "name",
                                        "at-once",
                                        "synchronousSending",
                                        "true");
                                realm.component(
                                        "ciba-policy", "name", "inbox", "channels", "email,inbox");
                                realm.addClient("inbox", "inbox-secret")
                                        .withObjectProperty("attributes")
                                        .put("ciba.policies", "inbox");
                                realm.addClient("at-once", "at-once-secret")
                                        .withObjectProperty("attributes")
                                        .put("ciba.policies", "at-once");
                                realm.addUser("vera");
                                realm.component(
                                        "ciba-notification-policy",
                                        "name",
                                        "default",
                                        "pendingPerUser",
                                        "50",
                                        "pendingPerClientAndUser",
                                        "50");
                                realm.component(
                                        "ciba-notification-policy",
                                        "name",
                                        "once",
                                        "total",
                                        "1",
                                        "cooldown",
                                        "true",
                                        "pendingPerUser",
                                        "1",
                                        "pendingPerClientAndUser",
                                        "1");
                                realm.addClient("once", "once-secret")
                                        .withObjectProperty("attributes")
                                        .put("ciba.policies", "at-once")
                                        .put("ciba.notification-policy", "once");
                            })
                    .on(
                            ServerOptions.defaults()
                                    .withRuntimeOptions(
                                            // of which one realm has two
                                            OPTION + "mail-queue-size=3",
                                            OPTION + "mail-workers=1"));

    @Test
    @Order(1)
    void fullQueueIsAnAnswerAndKeepsNothing() {
        try (ScriptedSmtp smtp = ScriptedSmtp.start().hold()) {
            mailTo(smtp.port());
            RelyingParty pump = REALM.gasPump();
            List<Answer> queued = List.of(pump.start("alice", "1"), pump.start("alice", "2"));
            assertThat(queued).allMatch(answer -> answer.status() == 200);

            Answer full = pump.start("alice", "3");
            Answer nextChannel = REALM.relyingParty("inbox").start("alice", "in the list");
            Answer fullAtKeycloaks =
                    pump.atKeycloakEndpoints()
                            .start(Form.of("scope", "openid", "login_hint", "alice"));

            assertThat(List.of(full, fullAtKeycloaks))
                    .allSatisfy(
                            answer -> {
                                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                                assertThat(answer.error()).isEqualTo("server_error");
                                assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
                            });
            assertThat(nextChannel.status()).as(nextChannel.body()).isEqualTo(200);
            smtp.goOn();
            await().atMost(SOON).until(() -> smtp.accepted().size() == 2);
            Answer next =
                    await().atMost(SOON)
                            .until(() -> pump.start("alice", "4"), a -> a.status() == 200);
            await().atMost(SOON).until(() -> smtp.acceptedFor(next.authReqId()).size() == 1);
            assertThat(smtp.accepted()).hasSize(3);
        }
    }

    @Test
    @Order(2)
    void whoSendsAtOnceKnowsAtOnce() {
        try (ScriptedSmtp smtp = ScriptedSmtp.start()) {
            mailTo(smtp.port());
            RelyingParty client = REALM.relyingParty("at-once");

            Answer sent = client.start("alice", "now");
            assertThat(sent.status()).as(sent.body()).isEqualTo(200);
            assertThat(smtp.acceptedFor(sent.authReqId())).hasSize(1);

            smtp.become(Mood.BUSY);
            Answer later = client.start("alice", "later");
            assertThat(later.status()).isEqualTo(503);
            assertThat(later.header("Retry-After")).matches("[1-9][0-9]*");

            smtp.become(Mood.UNKNOWN_RECIPIENT);
            Answer never = client.start("alice", "never");
            assertThat(never.status()).isEqualTo(403);
            assertThat(never.error()).isEqualTo("access_denied");
            assertThat(smtp.accepted()).hasSize(1);
        }
    }

    @Test
    @Order(3)
    void whatWasNotSentCountsForNoLimit() {
        try (ScriptedSmtp smtp = ScriptedSmtp.start().become(Mood.BUSY)) {
            mailTo(smtp.port());
            RelyingParty client = REALM.relyingParty("once");

            for (RelyingParty party : List.of(client, client.atKeycloakEndpoints())) {
                Form form = Form.of("scope", "openid", "login_hint", "vera");
                assertThat(party.start(form).status()).isEqualTo(503);
            }
            smtp.become(Mood.GOOD);

            Answer sent = client.start("vera", "the only one of the day");
            assertThat(sent.status()).as(sent.body()).isEqualTo(200);
            assertThat(smtp.acceptedFor(sent.authReqId())).hasSize(1);
            assertThat(client.start("vera", "one too many").status()).isEqualTo(403);
        }
    }

    @Test
    @Order(4)
    void serverThatStopsSendsWhatIsQueued() {
        try (ScriptedSmtp smtp = ScriptedSmtp.start().thinkFor(Duration.ofSeconds(1))) {
            mailTo(smtp.port());
            RelyingParty pump = REALM.gasPump();
            Answer first = pump.start("alice", "before the end");
            Answer second = pump.start("alice", "at the end");

            REALM.server().close();

            assertThat(List.of(first, second))
                    .allSatisfy(
                            started ->
                                    assertThat(smtp.acceptedFor(started.authReqId())).hasSize(1));
            assertThat(REALM.server().logs()).doesNotContain("CIBA mails were not sent");
            await().atMost(SOON).until(() -> smtp.openConnections() == 0);
            assertThat(smtp.goodbyes()).isEqualTo(smtp.connections()).isPositive();
        }
    }

    private static void mailTo(int port) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("port", String.valueOf(port)));
    }
}
