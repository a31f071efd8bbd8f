// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.message.UndeliveredException;
import java.time.Duration;
import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Sends a mail, once, through the sender that the admin has chosen. Only Keycloak's own default
 * sender is replaced by ours; any other one is called as Keycloak would call it.
 */
public final class MailTransport implements AutoCloseable {
    private final SmtpTimeouts limits;
    private final CibaEmailSender own;

    /**
     * The transport of a node.
     *
     * @param workers threads of the node that send mail: each has a connection
     * @param connections to mail servers at a time; a realm has half of them
     */
    public MailTransport(SmtpTimeouts limits, int workers, int connections) {
        this.limits = limits;
        this.own =
                new CibaEmailSender(
                        limits,
                        new MailConnections.Limits(
                                Math.max(connections, workers),
                                Math.max(connections / 2, workers),
                                Duration.ofSeconds(limits.connectSeconds())));
        Meters.gauge(
                "ciba_mail_connections",
                "Connections of this node to mail servers",
                own::openConnections);
    }

    /** Sends; when it returns, the mail server has taken the mail. */
    public void send(KeycloakSession session, OutgoingMail mail) throws UndeliveredException {
        EmailSenderProvider sender = session.getProvider(EmailSenderProvider.class);
        if (sender.getClass() == DefaultEmailSenderProvider.class
                && session.getKeycloakSessionFactory().getProviderFactory(EmailSenderProvider.class)
                        instanceof DefaultEmailSenderProviderFactory defaults) {
            own.send(session, new Authenticators(defaults.getEmailAuthenticators()), mail);
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

    /** The next mail of the context's realm goes over a new connection. */
    public void startAnew(KeycloakSession session) {
        own.startAnew(session);
    }

    @Override
    public void close() {
        own.close();
    }
}
