// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.outbound.UndeliveredException;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Map;
import org.keycloak.email.EmailAuthenticator;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's own ways to log in at a mail server: passwords come from its vault, tokens from its
 * cache.
 */
record Authenticators(Map<EmailAuthenticator.AuthenticatorType, EmailAuthenticator> byType) {

    /**
     * Connects and logs in.
     *
     * @throws UndeliveredException if there is no token to log in with
     */
    void connect(KeycloakSession session, SmtpSettings settings, Transport transport)
            throws EmailException, UndeliveredException {
        EmailAuthenticator.AuthenticatorType type = settings.authenticator();
        try {
            byType.get(type).connect(session, settings.asStored(), transport);
        } catch (EmailException e) {
            // whatever the mail server has said, or not, is a MessagingException inside
            if (type == EmailAuthenticator.AuthenticatorType.TOKEN
                    && !(e.getCause() instanceof MessagingException)) {
                throw SmtpFailure.withoutToken();
            }
            throw e;
        } catch (RuntimeException e) {
            // an answer of the token endpoint that Keycloak does not expect
            if (type == EmailAuthenticator.AuthenticatorType.TOKEN) {
                throw SmtpFailure.withoutToken();
            }
            throw e;
        }
    }
}
