// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Limit;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections to mail servers that stay open for the next mail, and mail servers that end them. */
class KeptConnectionsIT {

    private static final Duration SOON = Duration.ofSeconds(40);

    /** A node's usual number of threads that send. */
    private static final int WORKERS = 4;

    private static final int MOST = 12;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm ->
                                    IntStream.range(0, MOST)
                                            .forEach(i -> realm.addUser("user-" + i)));

    @RegisterExtension
    static final RealmFixture OTHER = RealmFixture.fresh().sharing(Servers::shared);

    private ScriptedSmtp smtp;

    @BeforeEach
    void mailGoesToTheScriptedServer() {
        smtp = ScriptedSmtp.start();
        mailTo(REALM, smtp);
    }

    @AfterEach
    void stop() {
        smtp.close();
    }

    @Test
    void mailsOfARealmGoOverOneConnectionThatIsClosedWhenItIsIdle() {
        for (int i = 0; i < 5; i++) {
            assertSentAtOnce(REALM, REALM.gasPump().start("alice", "one after the other"));
        }

        assertThat(smtp.connections()).isEqualTo(1);
        assertThat(Metrics.of(REALM.server()).gauge("ciba_mail_connections")).isPositive();
        await().atMost(SOON).until(() -> smtp.openConnections() == 0);
        assertThat(smtp.goodbyes()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, HANGS_UP", "3, HANGS_UP", "3, CLOSES", "3, DEFERS"})
    void serverThatTakesFewMailsOverAConnectionGetsEachOnce(int mails, Limit limit) {
        smtp.limit(mails, limit);

        List<Answer> started = burst(10);

        started.forEach(one -> assertSentAtOnce(REALM, one));
        assertThat(smtp.accepted()).hasSize(started.size());
        assertThat(smtp.connections()).isGreaterThanOrEqualTo(started.size() / mails);
    }

    @Test
    void connectionThatWasDroppedWhileItWasIdleLosesNoMail() {
        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "before"));
        smtp.hangUp();
        await().atMost(SOON).until(() -> smtp.openConnections() == 0);

        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "after"));

        assertThat(smtp.connections()).isEqualTo(2);
    }

    @Test
    void serverThatGreetsSlowlyGreetsEachConnectionOnce() {
        smtp.greetAfter(Duration.ofSeconds(2));

        List<Answer> started = burst(MOST);

        started.forEach(one -> assertSentAtOnce(REALM, one));
        assertThat(smtp.accepted()).hasSize(started.size());
        assertThat(smtp.connections()).isLessThanOrEqualTo(WORKERS);
    }

    @Test
    void mailThatIsCutOffOnAKeptConnectionIsGivenToANewOneAtOnce() {
        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "whole"));
        smtp.become(Mood.DROPS_MID_MESSAGE);
        Answer started = REALM.gasPump().start("alice", "cut");
        await().atMost(SOON).until(() -> smtp.tries().size() >= 2);
        smtp.become(Mood.GOOD);

        Trail.of(REALM, started).await("sent");

        assertThat(smtp.acceptedFor(started.authReqId())).hasSize(1);
    }

    /** Nobody knows who has that mail, so it is not brought again before its pause. */
    @Test
    void lostAnswerOnAKeptConnectionMakesOneCopyWithTheSameMessageId() {
        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "answered"));
        smtp.become(Mood.DROPS_AFTER_FINAL_DOT);
        Answer started = REALM.gasPump().start("alice", "lost answer");
        await().atMost(SOON).until(() -> smtp.acceptedFor(started.authReqId()).size() == 1);
        smtp.become(Mood.GOOD);

        assertThat(triesOf(REALM, started)).isEqualTo(2);

        List<ReceivedMail> copies = smtp.acceptedFor(started.authReqId());
        assertThat(copies).hasSize(2);
        assertThat(copies.stream().map(mail -> mail.headers().get("Message-ID")).distinct())
                .hasSize(1);
    }

    @Test
    void refusalOfARecipientOverAKeptConnectionIsFinal() {
        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "known"));
        smtp.become(Mood.UNKNOWN_RECIPIENT);

        Answer started = REALM.gasPump().start("alice", "unknown");

        JsonNode failed = Trail.of(REALM, started).awaitDetails("send_failed");
        assertThat(failed.path("reason").asText()).isEqualTo("smtp_reply_550");
        assertThat(smtp.tries()).hasSize(2);
        assertThat(smtp.connections()).isEqualTo(1);
    }

    @Test
    void mailGoesToTheServerThatTheRealmNamesNow() {
        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "old server"));
        try (ScriptedSmtp next = ScriptedSmtp.start()) {
            mailTo(REALM, next);

            Answer started = REALM.gasPump().start("alice", "new server");

            assertThat(triesOf(REALM, started)).isEqualTo(1);
            assertThat(next.acceptedFor(started.authReqId())).hasSize(1);
            assertThat(smtp.accepted()).hasSize(1);
            await().atMost(Duration.ofSeconds(5)).until(() -> smtp.openConnections() == 0);
        }
    }

    @Test
    void realmsShareNoConnection() {
        mailTo(OTHER, smtp);

        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "one realm"));
        assertSentAtOnce(OTHER, OTHER.gasPump().start("alice", "another realm"));
        assertSentAtOnce(REALM, REALM.gasPump().start("alice", "the first one again"));

        assertThat(smtp.connections()).isEqualTo(2);
    }

    private static List<Answer> burst(int mails) {
        return IntStream.range(0, mails)
                .mapToObj(i -> REALM.gasPump().start("user-" + i, "burst"))
                .toList();
    }

    /** In one try, as far as anybody outside can tell, and one copy. */
    private void assertSentAtOnce(RealmFixture realm, Answer started) {
        assertThat(triesOf(realm, started)).isEqualTo(1);
        assertThat(smtp.acceptedFor(started.authReqId())).hasSize(1);
    }

    private static int triesOf(RealmFixture realm, Answer started) {
        return Trail.of(realm, started).awaitDetails("sent").path("tries").asInt();
    }

    private static void mailTo(RealmFixture realm, ScriptedSmtp smtp) {
        realm.admin()
                .updateRealm(
                        realm.name(),
                        json ->
                                json.withObjectProperty("smtpServer")
                                        .put("port", String.valueOf(smtp.port())));
    }
}
