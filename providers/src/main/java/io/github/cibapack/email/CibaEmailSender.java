// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.message.UndeliveredException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.EmailAuthenticator;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's default sender for the pack's mails, with what its method has no room for: a {@code
 * Message-ID} that every try of a mail repeats, so that a reader's mailbox can tell a copy; {@code
 * Auto-Submitted} (RFC 3834 §5); and a failure that names no address in the log.
 */
final class CibaEmailSender extends DefaultEmailSenderProvider {
    private final KeycloakSession session;
    private final Map<EmailAuthenticator.AuthenticatorType, EmailAuthenticator> authenticators;

    CibaEmailSender(
            KeycloakSession session,
            Map<EmailAuthenticator.AuthenticatorType, EmailAuthenticator> authenticators) {
        super(session, authenticators);
        this.session = session;
        this.authenticators = authenticators;
    }

    /** Sends once. When it returns, the mail server has taken the mail. */
    void send(SmtpSettings settings, OutgoingMail envelope) throws UndeliveredException {
        InternetAddress recipient = settings.recipient(envelope.address());
        Session smtp = Session.getInstance(settings.properties(session));
        MimeMessage message = message(smtp, settings, envelope, recipient);
        try {
            Transport transport = smtp.getTransport("smtp");
            try {
                connect(settings, transport);
                transport.sendMessage(message, new InternetAddress[] {recipient});
            } finally {
                hangUp(transport);
            }
        } catch (MessagingException | EmailException e) {
            throw SmtpFailure.of(e);
        }
    }

    private void connect(SmtpSettings settings, Transport transport)
            throws MessagingException, EmailException, UndeliveredException {
        EmailAuthenticator.AuthenticatorType kind = settings.authenticator();
        try {
            authenticators.get(kind).connect(session, settings.asStored(), transport);
        } catch (EmailException e) {
            // whatever the mail server has said, or not, is a MessagingException inside
            if (kind == EmailAuthenticator.AuthenticatorType.TOKEN
                    && !(e.getCause() instanceof MessagingException)) {
                throw SmtpFailure.withoutToken();
            }
            throw e;
        } catch (RuntimeException e) {
            // an answer of the token endpoint that Keycloak does not expect
            if (kind == EmailAuthenticator.AuthenticatorType.TOKEN) {
                throw SmtpFailure.withoutToken();
            }
            throw e;
        }
    }

    @SuppressWarnings("JavaUtilDate") // the mail API's own type
    private static MimeMessage message(
            Session smtp, SmtpSettings settings, OutgoingMail envelope, InternetAddress recipient)
            throws UndeliveredException {
        InternetAddress from = settings.from();
        RenderedMail mail = envelope.mail();
        MimeMessage message = new WithMessageId(smtp, messageId(envelope, from));
        try {
            message.setFrom(from);
            message.setReplyTo(settings.replyTo());
            message.setRecipient(Message.RecipientType.TO, recipient);
            message.setSubject(
                    MimeUtility.encodeText(mail.subject(), StandardCharsets.UTF_8.name(), null));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setSentDate(new Date());
            message.setContent(body(mail));
            message.saveChanges();
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw SmtpFailure.unsendable();
        }
        return message;
    }

    private static MimeMultipart body(RenderedMail mail) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), StandardCharsets.UTF_8.name());
        MimeBodyPart html = new MimeBodyPart();
        html.setContent(mail.html(), "text/html; charset=UTF-8");
        return new MimeMultipart("alternative", text, html);
    }

    private static String messageId(OutgoingMail envelope, InternetAddress from) {
        String address = from.getAddress();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return "<" + envelope.messageKey() + "@" + domain + ">";
    }

    /** The server has answered by now: a failing goodbye must not look like a failed delivery. */
    private static void hangUp(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // the connection is gone, which is what was wanted
        }
    }

    private static final class WithMessageId extends MimeMessage {
        private final String messageId;

        WithMessageId(Session smtp, String messageId) {
            super(smtp);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
