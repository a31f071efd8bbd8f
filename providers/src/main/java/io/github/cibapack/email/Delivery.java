// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestState;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.time.ServerClock;

import org.jboss.logging.Logger;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One mail on the way to the mail server: each try, and what is written down of it. A request whose
 * mail cannot be delivered goes to the next channel of its policy; where there is none it is ended,
 * so that nobody polls for a decision that nobody can make.
 */
final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /** How a try ended. */
    enum Result {
        /** Delivered, given up, or not wanted any more. */
        OVER,
        /** Not taken, but the next try may be better. */
        TRY_AGAIN
    }

    private final KeycloakSessionFactory sessions;
    private final TimeLimits limits;
    private final Envelope envelope;
    private String realmName = "";
    private int tries;
    private String lastReason = "mail_undeliverable";

    Delivery(KeycloakSessionFactory sessions, TimeLimits limits, Envelope envelope) {
        this.sessions = sessions;
        this.limits = limits;
        this.envelope = envelope;
    }

    Envelope envelope() {
        return envelope;
    }

    int tries() {
        return tries;
    }

    /** Tries once. Never called by two threads at a time. */
    Result attempt() {
        try {
            if (!isWanted()) {
                return Result.OVER;
            }
            tries++;
            hand();
        } catch (UndeliveredException e) {
            return failed(e.isPermanent(), e.reason());
        } catch (RuntimeException e) {
            // the exception's text may hold the address, so only its kind is told
            return failed(false, e.getClass().getSimpleName());
        }
        // the mail is out: whatever fails from here on must not send it again
        try {
            inRealm(session -> event(session, CibaEvent.SENT).success());
            Meters.timeToSend(
                    realmName,
                    Duration.ofSeconds(Math.max(0, ServerClock.seconds() - envelope.createdAt())));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The event of the mail of request %s was not stored: %s",
                    envelope.authReqId(), e.getClass().getSimpleName());
        }
        return Result.OVER;
    }

    /**
     * Tries once inside the request that causes the mail, and leaves failing to that request.
     *
     * @throws UndeliveredException where the mail server does not take the mail
     */
    void attemptInside(KeycloakSession session) throws UndeliveredException {
        tries++;
        new Postman(session, limits).hand(envelope);
        event(session, CibaEvent.SENT).success();
    }

    /** No try is left: the next channel takes over, or the request is ended. */
    void giveUp() {
        LOG.warnf(
                "The mail of request %s could not be delivered after %d tries: %s",
                envelope.authReqId(), tries, lastReason);
        Optional<String> next =
                envelope.fallback().filter(any -> isWanted()).flatMap(this::handOver);
        if (next.isPresent()) {
            inRealm(session -> rerouted(session, next.get()));
        } else {
            inRealm(this::endRequest);
        }
    }

    /** In a session of its own, as it may wait for another server. */
    private Optional<String> handOver(Fallback fallback) {
        AtomicReference<Optional<String>> next = new AtomicReference<>(Optional.empty());
        try {
            inRealm(session -> next.set(fallback.takeOver(session)));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "No other channel could take over request %s: %s",
                    envelope.authReqId(), e.getClass().getSimpleName());
        }
        return next.get();
    }

    private void rerouted(KeycloakSession session, String channel) {
        new RequestStore(session).reroute(envelope.requestId(), channel);
        event(session, CibaEvent.REROUTED)
                .detail(AuditTrail.FAILED_CHANNELS, envelope.facts().channel() + ":" + lastReason)
                .detail(AuditTrail.CHANNEL, channel)
                .success();
    }

    private Result failed(boolean permanent, String reason) {
        lastReason = reason;
        if (permanent) {
            giveUp();
            return Result.OVER;
        }
        Meters.mail(realmName, "retried");
        LOG.infof(
                "The mail of request %s was not taken at try %d: %s",
                envelope.authReqId(), tries, reason);
        return Result.TRY_AGAIN;
    }

    /** Whoever has decided in the meantime, or has been too late, needs no mail. */
    private boolean isWanted() {
        AtomicReference<RequestState> state = new AtomicReference<>(RequestState.UNKNOWN);
        inRealm(session -> state.set(new RequestStore(session).state(envelope.requestId())));
        return state.get() == RequestState.PENDING;
    }

    /** In a session of its own: nothing waits in the database while the mail server thinks. */
    private void hand() throws UndeliveredException {
        AtomicReference<UndeliveredException> failure = new AtomicReference<>();
        AtomicBoolean taken = new AtomicBoolean();
        try {
            inRealm(
                    session -> {
                        realmName = session.getContext().getRealm().getName();
                        try {
                            new Postman(session, limits).hand(envelope);
                            taken.set(true);
                        } catch (UndeliveredException e) {
                            failure.set(e);
                        }
                    });
        } catch (RuntimeException e) {
            // what fails when the mail has been taken is no reason to send it again
            if (!taken.get()) {
                throw e;
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void endRequest(KeycloakSession session) {
        if (!envelope.endsRequest()
                || new RequestStore(session).decide(envelope.requestId(), Decision.UNDELIVERABLE)) {
            event(session, CibaEvent.SEND_FAILED)
                    .detail(AuditTrail.REASON, lastReason)
                    .error(Errors.EMAIL_SEND_FAILED);
        }
    }

    /** A worker has no request context; without the realm Keycloak's user cache would fail. */
    private void inRealm(KeycloakSessionTask task) {
        KeycloakModelUtils.runJobInTransaction(
                sessions,
                session -> {
                    RealmModel realm = session.realms().getRealm(envelope.realmId());
                    if (realm == null) {
                        return;
                    }
                    session.getContext().setRealm(realm);
                    task.run(session);
                });
    }

    private EventBuilder event(KeycloakSession session, CibaEvent step) {
        RealmModel realm = session.getContext().getRealm();
        return envelope.facts()
                .addTo(AuditTrail.backgroundEvent(session, realm, step))
                .client(envelope.clientId())
                .user(envelope.userId())
                .detail(AuditTrail.AUTH_REQ_ID, envelope.authReqId())
                .detail(AuditTrail.CORRELATION_ID, envelope.correlationId())
                .detail(AuditTrail.TRIES, Integer.toString(tries));
    }
}
