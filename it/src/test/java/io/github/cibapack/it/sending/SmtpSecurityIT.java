// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.mail.ScriptedSmtp.Encryption;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.realm.Trail;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.server.Certificates;
import io.github.cibapack.it.server.HttpsServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail servers that want TLS and a login, with the realm's own settings for them. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "the authority's file is on this machine, not in the container")
class SmtpSecurityIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String USER = "realm-mailer";
    private static final String PASSWORD = "realm-mailer-password";

    private static final Certificates TRUSTED = HttpsServer.certificates();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().sharing(HttpsServer::shared);

    private final ScriptedSmtp smtp = ScriptedSmtp.start();

    @AfterEach
    void stop() {
        smtp.close();
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, starttls", "IMPLICIT, ssl"})
    void mailGoesOverTlsWithTheRealmsLogin(Encryption encryption, String setting) {
        smtp.encrypt(encryption, TRUSTED.server()).requireLogin(USER, PASSWORD);
        useServer(setting, PASSWORD);

        Answer started = REALM.gasPump().start("alice", "secret way");

        await().atMost(SOON).until(() -> !smtp.acceptedFor(started.authReqId()).isEmpty());
        ReceivedMail mail = smtp.acceptedFor(started.authReqId()).get(0);
        assertThat(mail.to()).containsExactly("alice@ciba-demo.example");
        assertThat(mail.headers().get("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.headers().get("Reply-To")).isEqualTo("help@ciba-demo.example");
        assertThat(smtp.envelopeSenders()).containsExactly("bounces@ciba-demo.example");
        assertThat(Trail.of(REALM, started).awaitDetails("sent").path("tries").asInt())
                .isEqualTo(1);

        Answer next = REALM.gasPump().start("alice", "the same way");

        assertThat(Trail.of(REALM, next).awaitDetails("sent").path("tries").asInt()).isEqualTo(1);
        assertThat(smtp.acceptedFor(next.authReqId())).hasSize(1);
        assertThat(smtp.connections()).isEqualTo(1);
    }

    @Test
    void connectionOfAnotherPasswordIsNotUsed() {
        smtp.encrypt(Encryption.STARTTLS, TRUSTED.server()).requireLogin(USER, PASSWORD);
        useServer("starttls", PASSWORD);
        Answer before = REALM.gasPump().start("alice", "right password");
        Trail.of(REALM, before).awaitDetails("sent");
        useServer("starttls", "password-of-before");

        Answer after = REALM.gasPump().start("alice", "wrong password");

        JsonNode failed = Trail.of(REALM, after).awaitDetails("send_failed");
        assertThat(failed.path("reason").asText()).isEqualTo("smtp_reply_535");
        assertThat(smtp.acceptedFor(after.authReqId())).isEmpty();
        await().atMost(SOON).until(() -> smtp.openConnections() == 0);
    }

    @Test
    void wrongPasswordEndsTheRequestAndSaysSo() {
        smtp.encrypt(Encryption.STARTTLS, TRUSTED.server()).requireLogin(USER, PASSWORD);
        useServer("starttls", "another-password");

        Answer started = REALM.gasPump().start("alice", "wrong password");

        JsonNode failed = Trail.of(REALM, started).awaitDetails("send_failed");
        assertThat(failed.path("reason").asText()).isEqualTo("smtp_reply_535");
        assertThat(REALM.gasPump().poll(started.authReqId()).error()).isEqualTo("access_denied");
        assertThat(smtp.accepted()).isEmpty();
        assertThat(REALM.server().logs()).doesNotContain("another-password");
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, starttls", "IMPLICIT, ssl"})
    void mailIsNotGivenToAServerThatNobodyVouchesFor(Encryption encryption, String setting) {
        Certificates stranger = Certificates.of("CN=Stranger");
        smtp.encrypt(encryption, stranger.server()).requireLogin(USER, PASSWORD);
        useServer(setting, PASSWORD);

        Answer started =
                REALM.gasPump()
                        .start(
                                Form.of(
                                        "scope",
                                        "openid",
                                        "login_hint",
                                        "alice",
                                        "requested_expiry",
                                        "10"));

        JsonNode failed = Trail.of(REALM, started).awaitDetails("send_failed");
        assertThat(failed.path("reason").asText()).isEqualTo("mail_server_unreachable");
        assertThat(smtp.connections()).isPositive().isEqualTo(failed.path("tries").asInt());
        assertThat(smtp.accepted()).isEmpty();
    }

    private void useServer(String encryption, String password) {
        REALM.admin()
                .updateRealm(
                        REALM.name(),
                        realm ->
                                realm.withObjectProperty("smtpServer")
                                        .put("port", String.valueOf(smtp.port()))
                                        .put("ssl", String.valueOf("ssl".equals(encryption)))
                                        .put(
                                                "starttls",
                                                String.valueOf("starttls".equals(encryption)))
                                        .put("auth", "true")
                                        .put("user", USER)
                                        .put("password", password)
                                        .put("replyTo", "help@ciba-demo.example")
                                        .put("envelopeFrom", "bounces@ciba-demo.example"));
    }
}
