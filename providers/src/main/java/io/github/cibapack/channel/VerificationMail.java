// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.delivery.Backoff;
import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.delivery.Share;
import io.github.cibapack.email.MailTransport;
import io.github.cibapack.email.OutgoingMail;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.store.OwnTransaction;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's own mail with the link that verifies an address, for a user who could not be asked.
 * Nothing waits for it, and it belongs to no request.
 */
final class VerificationMail implements Delivery {
    private static final Logger LOG = Logger.getLogger(VerificationMail.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration TRIED_FOR = Duration.ofMinutes(10);

    private final OwnTransaction own;
    private final MailTransport transport;
    private final OutgoingMail mail;
    private final VerificationRight right;
    private final String correlationId;
    private boolean taken;

    /**
     * A mail.
     *
     * @param right to send it, taken in the background: counting must not slow the answer down
     * @param correlationId of the call that has caused it
     */
    VerificationMail(
            OwnTransaction own,
            MailTransport transport,
            OutgoingMail mail,
            VerificationRight right,
            String correlationId) {
        this.own = own;
        this.transport = transport;
        this.mail = mail;
        this.right = right;
        this.correlationId = correlationId;
    }

    @Override
    public String label() {
        return "The verification mail of call " + correlationId;
    }

    @Override
    public Load load() {
        return new Load(Share.of(own.realmId()), correlationId, mail.mail().bytes());
    }

    @Override
    public Backoff backoff() {
        return new Backoff(LONGEST_PAUSE, TRIED_FOR);
    }

    @Override
    public void attempt() throws UndeliveredException {
        try {
            if (isDue()) {
                send();
                own.runIfRealmExists(session -> event(session).success());
            }
        } catch (RuntimeException e) {
            // the exception's text may hold the address, so only its kind is told
            LOG.warnf("%s was given up: %s", label(), e.getClass().getSimpleName());
            own.runIfRealmExists(this::giveBack);
        }
    }

    private boolean isDue() {
        boolean due =
                own.callIfRealmExists(
                                session ->
                                        right.isWanted(session) && (taken || right.take(session)))
                        .orElse(false);
        taken |= due;
        return due;
    }

    private void giveBack(KeycloakSession session) {
        if (taken) {
            right.giveBack(session);
        }
    }

    /** In a session of its own: nothing waits in the database while the mail server thinks. */
    private void send() throws UndeliveredException {
        Optional<UndeliveredException> failure =
                own.callIfRealmExists(
                        session -> {
                            try {
                                transport.send(session, mail);
                                return null;
                            } catch (UndeliveredException e) {
                                return e;
                            }
                        });
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Override
    public void retried(String reason) {
        LOG.infof("%s was not taken: %s", label(), reason);
    }

    @Override
    public void giveUp(String reason) {
        LOG.warnf("%s could not be delivered: %s", label(), reason);
        own.runIfRealmExists(
                session -> {
                    giveBack(session);
                    event(session)
                            .detail(CibaEvents.REASON, reason)
                            .error(Errors.EMAIL_SEND_FAILED);
                });
    }

    /** Keycloak's own event of such a mail. */
    private EventBuilder event(KeycloakSession session) {
        return new EventBuilder(session.getContext().getRealm(), session)
                .event(EventType.SEND_VERIFY_EMAIL)
                .client(right.clientName())
                .user(right.userId())
                .detail(CibaEvents.CORRELATION_ID, correlationId);
    }
}
