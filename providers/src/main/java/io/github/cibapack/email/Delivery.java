// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestStore;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Brings one mail to the mail server and writes down how that went. A request whose mail cannot be
 * delivered is ended, so that nobody polls for a decision that nobody can make.
 */
final class Delivery implements Runnable {
    private static final Logger LOG = Logger.getLogger(Delivery.class);

    private final KeycloakSessionFactory sessions;
    private final Envelope envelope;

    Delivery(KeycloakSessionFactory sessions, Envelope envelope) {
        this.sessions = sessions;
        this.envelope = envelope;
    }

    @Override
    public void run() {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, this::send);
        } catch (RuntimeException e) {
            // the exception's text may hold the address, so only its kind is logged
            LOG.warnf(
                    "The mail of request %s could not be delivered: %s",
                    envelope.authReqId(), e.getClass().getSimpleName());
            KeycloakModelUtils.runJobInTransaction(sessions, this::endRequest);
        }
    }

    private void send(KeycloakSession session) {
        RealmModel realm = enter(session);
        RenderedMail mail = envelope.mail();
        try {
            session.getProvider(EmailSenderProvider.class)
                    .send(
                            realm.getSmtpConfig(),
                            envelope.address(),
                            mail.subject(),
                            mail.text(),
                            mail.html());
        } catch (EmailException e) {
            throw new UndeliverableException(e);
        }
        event(session, realm, CibaEvent.SENT).success();
    }

    private void endRequest(KeycloakSession session) {
        RealmModel realm = enter(session);
        if (new RequestStore(session).decide(envelope.requestId(), Decision.UNDELIVERABLE)) {
            event(session, realm, CibaEvent.SEND_FAILED)
                    .detail(AuditTrail.REASON, "mail_undeliverable")
                    .error(Errors.EMAIL_SEND_FAILED);
        }
    }

    /** A worker has no request context; without the realm Keycloak's user cache would fail. */
    private RealmModel enter(KeycloakSession session) {
        RealmModel realm = session.realms().getRealm(envelope.realmId());
        session.getContext().setRealm(realm);
        return realm;
    }

    private EventBuilder event(KeycloakSession session, RealmModel realm, CibaEvent step) {
        return AuditTrail.backgroundEvent(session, realm, step)
                .client(envelope.clientId())
                .user(envelope.userId())
                .detail(AuditTrail.AUTH_REQ_ID, envelope.authReqId())
                .detail(AuditTrail.CORRELATION_ID, envelope.correlationId())
                .detail(AuditTrail.CHANNEL, "email");
    }

    private static final class UndeliverableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndeliverableException(EmailException cause) {
            super(cause);
        }
    }
}
