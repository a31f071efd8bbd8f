// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.message.UndeliveredException;
import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Sends one mail, once, through the sender that the admin has chosen. Only Keycloak's own default
 * sender is replaced by ours; any other one is called as Keycloak would call it.
 */
public final class MailTransport {
    private final KeycloakSession session;
    private final SmtpTimeouts limits;

    public MailTransport(KeycloakSession session, SmtpTimeouts limits) {
        this.session = session;
        this.limits = limits;
    }

    /** Sends; when it returns, the mail server has taken the mail. */
    public void send(OutgoingMail mail) throws UndeliveredException {
        SmtpSettings settings = new SmtpSettings(session.getContext().getRealm(), limits);
        EmailSenderProvider sender = session.getProvider(EmailSenderProvider.class);
        if (sender.getClass() == DefaultEmailSenderProvider.class
                && session.getKeycloakSessionFactory().getProviderFactory(EmailSenderProvider.class)
                        instanceof DefaultEmailSenderProviderFactory defaults) {
            new CibaEmailSender(session, defaults.getEmailAuthenticators()).send(settings, mail);
            return;
        }
        RenderedMail content = mail.mail();
        try {
            sender.send(
                    settings.forOtherSenders(),
                    mail.address(),
                    content.subject(),
                    content.text(),
                    content.html());
        } catch (EmailException e) {
            throw SmtpFailure.of(e);
        }
    }
}
