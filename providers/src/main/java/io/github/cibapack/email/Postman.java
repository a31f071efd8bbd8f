// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Hands one mail over, once, through the sender that the admin has chosen. Only Keycloak's own
 * default sender is replaced by ours; any other one is called as Keycloak would call it.
 */
final class Postman {
    private final KeycloakSession session;
    private final TimeLimits limits;

    Postman(KeycloakSession session, TimeLimits limits) {
        this.session = session;
        this.limits = limits;
    }

    /** Hands over; when it returns, the mail has been taken. */
    void hand(Envelope envelope) throws UndeliveredException {
        SmtpSettings settings = new SmtpSettings(session.getContext().getRealm(), limits);
        EmailSenderProvider sender = session.getProvider(EmailSenderProvider.class);
        if (sender.getClass() == DefaultEmailSenderProvider.class
                && session.getKeycloakSessionFactory().getProviderFactory(EmailSenderProvider.class)
                        instanceof DefaultEmailSenderProviderFactory defaults) {
            new CibaEmailSender(session, defaults.getEmailAuthenticators())
                    .send(settings, envelope);
            return;
        }
        RenderedMail mail = envelope.mail();
        try {
            sender.send(
                    settings.forOtherSenders(),
                    envelope.address(),
                    mail.subject(),
                    mail.text(),
                    mail.html());
        } catch (EmailException e) {
            throw UndeliveredException.of(e);
        }
    }
}
