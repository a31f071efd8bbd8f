// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.Backoff;
import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * One mail on the way to the mail server, and the events that tell of it. If it cannot be
 * delivered, the next channel of the policy takes over; if there is none, the request is ended, so
 * that no relying party polls for a decision that nobody can make.
 */
final class MailDelivery implements Delivery {
    private static final Logger LOG = Logger.getLogger(MailDelivery.class);

    private static final long SHORTEST_LIMIT = 5;
    private static final long LONGEST_LIMIT = 300;
    private static final int PARTS_OF_LIFE = 8;

    /** What a person needs to read a mail and decide; of a short life, a quarter. */
    private static final long TIME_TO_DECIDE = 30;

    private static final int QUARTERS = 4;

    private final SmtpTimeouts timeouts;
    private final RequestMail mail;
    private final AuthenticationRequest request;
    private final OwnTransaction own;
    private String realmName = "";
    private int tries;

    MailDelivery(KeycloakSessionFactory sessions, SmtpTimeouts timeouts, RequestMail mail) {
        this.timeouts = timeouts;
        this.mail = mail;
        this.request = mail.request();
        this.own = new OwnTransaction(sessions, request.realmId());
    }

    @Override
    public String label() {
        return "The mail of request " + request.authReqId();
    }

    /**
     * Pauses of up to an eighth of the request's life, so that a short-lived request gets a fair
     * number of tries and a long-lived one does not knock all day; and none when too little of it
     * would be left to decide.
     */
    @Override
    public Backoff backoff() {
        long life = request.expiresAt() - request.createdAt();
        long lastTry = request.expiresAt() - Math.min(TIME_TO_DECIDE, life / QUARTERS);
        return new Backoff(
                Duration.ofSeconds(
                        Math.min(LONGEST_LIMIT, Math.max(SHORTEST_LIMIT, life / PARTS_OF_LIFE))),
                Duration.ofSeconds(Math.max(0, lastTry - ServerClock.seconds())));
    }

    @Override
    public Optional<String> attempt() {
        try {
            if (!isWanted()) {
                return Optional.empty();
            }
            tries++;
            send();
        } catch (UndeliveredException e) {
            if (e.isPermanent()) {
                giveUp(e.reason());
                return Optional.empty();
            }
            return Optional.of(e.reason());
        } catch (RuntimeException e) {
            // the exception's text may hold the address, so only its kind is told
            return Optional.of(e.getClass().getSimpleName());
        }
        // the mail is out: whatever fails from here on must not send it again
        try {
            own.runIfRealmExists(this::sent);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The event of the mail of request %s was not stored: %s",
                    request.authReqId(), e.getClass().getSimpleName());
        }
        return Optional.empty();
    }

    @Override
    public void retried(String reason) {
        Meters.mail(realmName, "retried");
        LOG.infof(
                "The mail of request %s was not taken at try %d: %s",
                request.authReqId(), tries, reason);
    }

    /**
     * Sends once inside the request that causes the mail, and leaves failing to that request.
     *
     * @throws UndeliveredException if the mail server does not take the mail
     */
    void sendInside(KeycloakSession session) throws UndeliveredException {
        tries++;
        new MailTransport(session, timeouts).send(mail.mail());
        sent(session);
    }

    private void sent(KeycloakSession session) {
        new Requests(session).mailed(request, tries);
    }

    @Override
    public void giveUp(String reason) {
        LOG.warnf(
                "The mail of request %s could not be delivered after %d tries: %s",
                request.authReqId(), tries, reason);
        Optional<String> next = mail.fallback().filter(any -> isWanted()).flatMap(this::handOver);
        own.runIfRealmExists(
                session ->
                        next.ifPresentOrElse(
                                channel -> rerouted(session, channel, reason),
                                () -> endRequest(session, reason)));
    }

    /** In a session of its own, as it may wait for another server. */
    private Optional<String> handOver(Fallback fallback) {
        AtomicReference<Optional<String>> next = new AtomicReference<>(Optional.empty());
        try {
            own.runIfRealmExists(session -> next.set(fallback.takeOver(session)));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "No other channel could take over request %s: %s",
                    request.authReqId(), e.getClass().getSimpleName());
        }
        return next.get();
    }

    private void rerouted(KeycloakSession session, String channel, String reason) {
        new Requests(session).reroute(request.id(), channel);
        event(session, CibaEvent.REROUTED)
                .detail(CibaEvents.FAILED_CHANNELS, request.channel() + ":" + reason)
                .detail(CibaEvents.CHANNEL, channel)
                .success();
    }

    /** A request that was decided or has expired in the meantime needs no mail. */
    private boolean isWanted() {
        AtomicReference<RequestState> state = new AtomicReference<>(RequestState.UNKNOWN);
        own.runIfRealmExists(session -> state.set(new Requests(session).state(request.id())));
        return state.get() == RequestState.PENDING;
    }

    /** In a session of its own: nothing waits in the database while the mail server thinks. */
    private void send() throws UndeliveredException {
        AtomicReference<UndeliveredException> failure = new AtomicReference<>();
        AtomicBoolean taken = new AtomicBoolean();
        try {
            own.runIfRealmExists(
                    session -> {
                        realmName = session.getContext().getRealm().getName();
                        try {
                            new MailTransport(session, timeouts).send(mail.mail());
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

    private void endRequest(KeycloakSession session, String reason) {
        if (!mail.endsRequest()
                || new Requests(session)
                        .decide(request, Decision.UNDELIVERABLE, Optional.empty(), Map.of())) {
            event(session, CibaEvent.SEND_FAILED)
                    .detail(CibaEvents.REASON, reason)
                    .error(Errors.EMAIL_SEND_FAILED);
        }
    }

    private EventBuilder event(KeycloakSession session, CibaEvent step) {
        RealmModel realm = session.getContext().getRealm();
        return request.describe(CibaEvents.backgroundEvent(session, realm, step), realm)
                .detail(CibaEvents.CORRELATION_ID, request.correlationId())
                .detail(CibaEvents.TRIES, Integer.toString(tries));
    }
}
