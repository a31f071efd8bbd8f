// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.outbound.UndeliveredException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Sends a mail, once, through the sender that the admin has chosen. Keycloak's own default sender
 * is replaced; any other one is called as Keycloak would call it. What is sent here goes as the
 * default sender sends it, with what that one has no room for: connections that are kept for the
 * next mail; a {@code Message-ID} that every try of a mail repeats, so that a reader's mailbox can
 * tell a copy; {@code Auto-Submitted} (RFC 3834 §5); and a failure that names no address in the
 * log.
 */
public final class MailTransport implements AutoCloseable {
    private final SmtpTimeouts limits;
    private final MailConnections connections;
    private final MailAccounts accounts;

    /**
     * The transport of a node.
     *
     * @param workers threads of the node that send mail: each has a connection
     * @param most connections to mail servers at a time; a realm has half of them
     */
    public MailTransport(SmtpTimeouts limits, int workers, int most) {
        this.limits = limits;
        this.connections =
                new MailConnections(
                        new MailConnections.Limits(
                                Math.max(most, workers),
                                Math.max(most / 2, workers),
                                Duration.ofSeconds(limits.connectSeconds())));
        this.accounts = new MailAccounts(limits, connections::closeIdle);
        Meters.gauge(
                "ciba_mail_connections",
                "Connections of this node to mail servers",
                connections::count);
    }

    /** Sends; when it returns, the mail server has taken the mail. */
    public void send(KeycloakSession session, OutgoingMail mail) throws UndeliveredException {
        EmailSenderProvider sender = session.getProvider(EmailSenderProvider.class);
        if (sender.getClass() == DefaultEmailSenderProvider.class
                && session.getKeycloakSessionFactory().getProviderFactory(EmailSenderProvider.class)
                        instanceof DefaultEmailSenderProviderFactory defaults) {
            send(session, new Authenticators(defaults.getEmailAuthenticators()), mail);
            return;
        }
        RenderedMail content = mail.mail();
        try {
            sender.send(
                    SmtpSettings.of(session.getContext().getRealm(), limits).forOtherSenders(),
                    mail.address(),
                    content.subject(),
                    content.text(),
                    content.html());
        } catch (EmailException e) {
            throw SmtpFailure.of(e);
        }
    }

    private void send(KeycloakSession session, Authenticators authenticators, OutgoingMail mail)
            throws UndeliveredException {
        MailAccount account = accounts.of(session);
        InternetAddress recipient = account.settings().recipient(mail.address());
        MimeMessage message = account.message(mail, recipient);
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
    public void startAnew(KeycloakSession session) {
        accounts.forget(session.getContext().getRealm());
    }

    @Override
    public void close() {
        connections.close();
    }
}
