// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.outbound.UndeliveredException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.net.SocketTimeoutException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailException;

class SmtpFailureTest {

    @Test
    void recipientsReplyInsideCounts() throws Exception {
        UndeliveredException refused = SmtpFailure.of(wrapped(recipient(550)));
        UndeliveredException later = SmtpFailure.of(wrapped(recipient(451)));

        assertThat(refused.isPermanent()).isTrue();
        assertThat(refused.reason()).isEqualTo("smtp_reply_550");
        assertThat(later.isPermanent()).isFalse();
        assertThat(later.reason()).isEqualTo("smtp_reply_451");
    }

    @Test
    void replyInATextCountsWhereThereIsNoOther() {
        assertThat(
                        SmtpFailure.of(new AuthenticationFailedException("535 5.7.8 Wrong"))
                                .isPermanent())
                .isTrue();
        assertThat(
                        SmtpFailure.of(
                                        new MessagingException(
                                                "Got bad greeting from host, response: 421"))
                                .reason())
                .isEqualTo("smtp_reply_421");
    }

    @Test
    void silenceMayBeBetterNextTime() {
        UndeliveredException silence =
                SmtpFailure.of(
                        new MessagingException("read", new SocketTimeoutException("timed out")));

        assertThat(silence.isPermanent()).isFalse();
        assertThat(silence.reason()).isEqualTo("mail_server_unreachable");
    }

    @Test
    void neitherTextNorAddressIsKept() throws Exception {
        UndeliveredException refused = SmtpFailure.of(wrapped(recipient(550)));

        assertThat(refused).hasMessage("smtp_reply_550").hasNoCause();
    }

    private static Exception recipient(int reply) throws Exception {
        return new SMTPAddressFailedException(
                new InternetAddress("kim@example.org"),
                "RCPT TO:<kim@example.org>",
                reply,
                reply + " kim@example.org is not here");
    }

    private static Exception wrapped(Exception reply) {
        return new EmailException("failed", new SendFailedException("Invalid Addresses", reply));
    }
}
