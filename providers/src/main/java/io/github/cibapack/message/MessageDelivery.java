// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.message;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.audit.TracedStep;
import io.github.cibapack.delivery.Backoff;
import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.delivery.Share;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestProgress;
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
 * One message on its way, and the events that tell of it. If it cannot be delivered, the next
 * channel of the policy takes over; if there is none, the request is ended, so that no relying
 * party polls for a decision that nobody can make.
 */
final class MessageDelivery implements Delivery {
    private static final Logger LOG = Logger.getLogger(MessageDelivery.class);

    private static final long SHORTEST_LIMIT = 5;
    private static final long LONGEST_LIMIT = 300;
    private static final int PARTS_OF_LIFE = 8;

    /** What a person needs to read a mail and decide; of a short life, a quarter. */
    private static final long TIME_TO_DECIDE = 30;

    private static final int QUARTERS = 4;

    /** What belongs to the request. */
    private static final long FIXED_BYTES = 2048;

    private final Envelope envelope;
    private final Message message;
    private final AuthenticationRequest request;
    private final Load load;
    private final OwnTransaction own;
    private String realmName = "";
    private int tries;
    private boolean hasCalled;

    MessageDelivery(KeycloakSessionFactory sessions, Envelope envelope) {
        this.envelope = envelope;
        this.message = envelope.message();
        this.request = envelope.request();
        this.load =
                new Load(
                        new Share(request.realmId(), message.receiver()),
                        request.id(),
                        FIXED_BYTES + message.bytes() + envelope.next().bytes());
        this.own = new OwnTransaction(sessions, request.realmId());
    }

    @Override
    public String label() {
        return "The " + channel() + " message of request " + request.authReqId();
    }

    @Override
    public Load load() {
        return load;
    }

    /**
     * Pauses of up to an eighth of the request's life, so that a short-lived request gets a fair
     * number of tries and a long-lived one does not knock all day; and none when too little of it
     * would be left to decide, or another channel waits and the message has less patience.
     */
    @Override
    public Backoff backoff() {
        long life = request.expiresAt() - request.createdAt();
        long lastTry = request.expiresAt() - Math.min(TIME_TO_DECIDE, life / QUARTERS);
        Duration within = Duration.ofSeconds(Math.max(0, lastTry - ServerClock.seconds()));
        return new Backoff(
                Duration.ofSeconds(
                        Math.min(LONGEST_LIMIT, Math.max(SHORTEST_LIMIT, life / PARTS_OF_LIFE))),
                message.patience()
                        .filter(most -> envelope.next().isThere() && most.compareTo(within) < 0)
                        .orElse(within));
    }

    @Override
    public void attempt() throws UndeliveredException {
        hasCalled = false;
        try {
            if (!isWanted()) {
                return;
            }
            tries++;
            hasCalled = true;
            send();
        } catch (UndeliveredException e) {
            // for some of what fails for good nobody has been called
            hasCalled = !e.isPermanent();
            throw e;
        } catch (RuntimeException e) {
            // the exception's text may hold an address, so only its kind is told
            throw UndeliveredException.forNow(e.getClass().getSimpleName());
        }
        // the message is out: whatever fails from here on must not send it again
        try {
            own.runIfRealmExists(this::sent);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The event of the %s message of request %s was not stored: %s",
                    channel(), request.authReqId(), e.getClass().getSimpleName());
        }
    }

    @Override
    public boolean hasCalled() {
        return hasCalled;
    }

    @Override
    public void retried(String reason) {
        Meters.message(realmName, channel(), "retried");
        LOG.infof(
                "The %s message of request %s was not taken at try %d: %s",
                channel(), request.authReqId(), tries, reason);
    }

    /**
     * Sends once inside the request that causes the message, and leaves failing to that request.
     *
     * @throws UndeliveredException if the other side does not take the message
     */
    void sendInside(KeycloakSession session) throws UndeliveredException {
        tries++;
        handOut(session);
        sent(session);
    }

    private void handOut(KeycloakSession session) throws UndeliveredException {
        TracedStep.DELIVERY.trace(
                session,
                notes -> {
                    notes.request(request.authReqId());
                    message.send(session);
                    notes.outcome(channel());
                    return null;
                });
    }

    private void sent(KeycloakSession session) {
        new RequestProgress(session).delivered(request, tries);
    }

    @Override
    public void giveUp(String reason) {
        LOG.warnf(
                "The %s message of request %s could not be delivered after %d tries: %s",
                channel(), request.authReqId(), tries, reason);
        Optional<String> next = isWanted() ? handOver() : Optional.empty();
        own.runIfRealmExists(
                session ->
                        next.ifPresentOrElse(
                                channel -> rerouted(session, channel, reason),
                                () -> endRequest(session, reason)));
    }

    /** In a session of its own, as it may wait for another server. */
    private Optional<String> handOver() {
        AtomicReference<Optional<String>> next = new AtomicReference<>(Optional.empty());
        try {
            own.runIfRealmExists(session -> next.set(envelope.next().takeOver(session)));
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
                .detail(CibaEvents.FAILED_CHANNELS, channel() + ":" + reason)
                .detail(CibaEvents.CHANNEL, channel)
                .success();
    }

    /** A request that was decided or has expired in the meantime needs no envelope. */
    private boolean isWanted() {
        return own.callIfRealmExists(session -> new Requests(session).state(request.id()))
                .filter(RequestState.PENDING::equals)
                .isPresent();
    }

    /** In a session of its own: nothing waits in the database while the other side thinks. */
    private void send() throws UndeliveredException {
        Optional<UndeliveredException> failure = Optional.empty();
        AtomicBoolean taken = new AtomicBoolean();
        try {
            failure =
                    own.callIfRealmExists(
                            session -> {
                                realmName = session.getContext().getRealm().getName();
                                try {
                                    handOut(session);
                                    taken.set(true);
                                    return null;
                                } catch (UndeliveredException e) {
                                    return e;
                                }
                            });
        } catch (RuntimeException e) {
            // what fails when the message has been taken is no reason to send it again
            if (!taken.get()) {
                throw e;
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void endRequest(KeycloakSession session, String reason) {
        boolean ends = envelope.next().isLastToFail() && envelope.endsRequest();
        if (!ends
                || new Outcomes(session)
                        .decide(request, Decision.UNDELIVERABLE, Optional.empty(), Map.of())) {
            event(session, CibaEvent.SEND_FAILED)
                    .detail(CibaEvents.REASON, reason)
                    .error(
                            message.channel().is(ChannelType.EMAIL)
                                    ? Errors.EMAIL_SEND_FAILED
                                    : CibaEvent.SEND_FAILED.detail());
        }
    }

    private String channel() {
        return message.channel().value();
    }

    private EventBuilder event(KeycloakSession session, CibaEvent step) {
        RealmModel realm = session.getContext().getRealm();
        return request.describe(CibaEvents.backgroundEvent(session, realm, step), realm)
                .detail(CibaEvents.CORRELATION_ID, request.correlationId())
                .detail(CibaEvents.TRIES, Integer.toString(tries));
    }
}
