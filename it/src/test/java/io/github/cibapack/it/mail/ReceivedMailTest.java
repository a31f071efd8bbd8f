// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ReceivedMailTest {

    private static final String LINK = "http://127.0.0.1:8080/realms/r/ciba/approve/Ab-9_z";

    @Test
    void bothPartsAndDecodedSubjectAreRead() throws MessagingException {
        ReceivedMail mail =
                ReceivedMail.of(mail("Bitte bestätigen: " + LINK + "\n", "<p>Bestätigen</p>"));

        assertThat(mail.subject()).isEqualTo("Anfrage für 50 €");
        assertThat(mail.to()).containsExactly("alice@ciba-demo.example");
        assertThat(mail.html()).contains("Bestätigen");
        assertThat(mail.headers()).containsKey("SUBJECT");
        assertThat(mail.magicLink()).hasToString(LINK);
    }

    @Test
    void linkEndsBeforeThePunctuationAroundIt() throws MessagingException {
        assertThat(ReceivedMail.of(mail("(" + LINK + ")", "")).magicLink()).hasToString(LINK);
    }

    @Test
    void linkIsFoundInTheRawMessageTooWhereItsLineIsBroken() {
        String broken = LINK.replace("approve", "app=\r\nrove");

        assertThat(ReceivedMail.magicLinkOf("Subject: x\r\n\r\nOpen " + broken + " now"))
                .hasToString(LINK);
    }

    @Test
    void mailWithoutLinkSaysSo() throws MessagingException {
        ReceivedMail mail = ReceivedMail.of(mail("No link here", "<p></p>"));

        assertThatThrownBy(mail::magicLink).hasMessageContaining("No magic link");
    }

    private static MimeMessage mail(String text, String html) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setSubject("Anfrage für 50 €", "UTF-8");
        message.setFrom("noreply@ciba-demo.example");
        message.setRecipients(Message.RecipientType.TO, "alice@ciba-demo.example");
        MimeBodyPart textPart = new MimeBodyPart();
        textPart.setText(text, "UTF-8");
        MimeBodyPart htmlPart = new MimeBodyPart();
        htmlPart.setText(html, "UTF-8", "html");
        message.setContent(new MimeMultipart("alternative", textPart, htmlPart));
        message.saveChanges();
        return message;
    }
}
