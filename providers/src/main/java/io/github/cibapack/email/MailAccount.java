// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.outbound.UndeliveredException;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.keycloak.models.KeycloakSession;

/**
 * A realm's mail settings as they were at one moment, read and checked, with the mail session that
 * is made of them. Two accounts are never equal: a realm that changes its settings gets another
 * one.
 */
final class MailAccount {
    private final SmtpSettings settings;
    private final Session smtp;
    private final InternetAddress from;
    private final Address replyTo;

    /**
     * Reads the settings.
     *
     * @throws UndeliveredException if they are such that no mail can be made of them
     */
    MailAccount(SmtpSettings settings, KeycloakSession session) throws UndeliveredException {
        this.settings = settings;
        this.smtp = Session.getInstance(settings.properties(session));
        this.from = settings.from();
        this.replyTo = settings.replyTo();
    }

    SmtpSettings settings() {
        return settings;
    }

    Session smtp() {
        return smtp;
    }

    /**
     * The mail as it is sent from this account.
     *
     * @throws UndeliveredException if it cannot be made
     */
    @SuppressWarnings("JavaUtilDate") // the mail API's own type
    MimeMessage message(OutgoingMail envelope, InternetAddress recipient)
            throws UndeliveredException {
        RenderedMail mail = envelope.mail();
        try {
            MimeMessage message = new WrittenMessage(smtp, envelope.messageKey(), mail);
            message.setHeader("Message-ID", messageId(envelope));
            message.setFrom(from);
            message.setReplyTo(new Address[] {replyTo});
            message.setRecipient(Message.RecipientType.TO, recipient);
            message.setSubject(
                    MimeUtility.encodeText(mail.subject(), StandardCharsets.UTF_8.name(), null));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setSentDate(new Date());
            return message;
        } catch (MessagingException | IOException e) {
            throw SmtpFailure.unsendable();
        }
    }

    private String messageId(OutgoingMail envelope) {
        String address = from.getAddress();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return "<" + envelope.messageKey() + "@" + domain + ">";
    }
}
