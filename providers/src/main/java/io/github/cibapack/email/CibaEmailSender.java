// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.message.UndeliveredException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;

/**
 * Sends as Keycloak's default sender does, with what that one has no room for: connections that are
 * kept for the next mail; a {@code Message-ID} that every try of a mail repeats, so that a reader's
 * mailbox can tell a copy; {@code Auto-Submitted} (RFC 3834 §5); and a failure that names no
 * address in the log.
 */
final class CibaEmailSender implements AutoCloseable {
    private final MailConnections connections;
    private final MailAccounts accounts;

    CibaEmailSender(SmtpTimeouts timeouts, MailConnections.Limits limits) {
        this.connections = new MailConnections(limits);
        this.accounts = new MailAccounts(timeouts, connections::closeIdle);
    }

    /** Sends once. When it returns, the mail server has taken the mail. */
    void send(KeycloakSession session, Authenticators authenticators, OutgoingMail mail)
            throws UndeliveredException {
        MailAccount account = accounts.of(session);
        InternetAddress recipient = account.settings().recipient(mail.address());
        MimeMessage message = message(account, mail, recipient);
        MailConnection connection = connections.borrow(account);
        try {
            if (!wasTaken(connection, message, recipient)) {
                authenticators.connect(session, account.settings(), connection);
                connection.opened();
                connection.give(message, recipient);
            }
        } catch (MessagingException | EmailException e) {
            throw SmtpFailure.of(e);
        } finally {
            connections.giveBack(account, connection);
        }
    }

    /**
     * Whether a connection that has served before took the mail. If it did not and cannot have done
     * so, it is connected anew: mail servers hang up when they are idle, and limit what they take
     * over one connection.
     */
    private static boolean wasTaken(
            MailConnection connection, MimeMessage message, InternetAddress recipient)
            throws UndeliveredException {
        if (!connection.isReady()) {
            return false;
        }
        try {
            connection.give(message, recipient);
            return true;
        } catch (MessagingException e) {
            UndeliveredException failure = SmtpFailure.of(e);
            if (connection.mayBeGivenToAnother(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** The next mail of the context's realm goes over a new connection. */
    void startAnew(KeycloakSession session) {
        accounts.forget(session.getContext().getRealm());
    }

    int openConnections() {
        return connections.count();
    }

    @Override
    public void close() {
        connections.close();
    }

    @SuppressWarnings("JavaUtilDate") // the mail API's own type
    private static MimeMessage message(
            MailAccount account, OutgoingMail envelope, InternetAddress recipient)
            throws UndeliveredException {
        InternetAddress from = account.from();
        RenderedMail mail = envelope.mail();
        try {
            MimeMessage message = new WrittenMessage(account.smtp(), envelope.messageKey(), mail);
            message.setHeader("Message-ID", messageId(envelope, from));
            message.setFrom(from);
            message.setReplyTo(account.replyTo());
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

    private static String messageId(OutgoingMail envelope, InternetAddress from) {
        String address = from.getAddress();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return "<" + envelope.messageKey() + "@" + domain + ">";
    }
}
