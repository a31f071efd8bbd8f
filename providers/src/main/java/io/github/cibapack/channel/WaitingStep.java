// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.Backoff;
import io.github.cibapack.delivery.Delivery;
import io.github.cibapack.delivery.Share;
import io.github.cibapack.outbound.UndeliveredException;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** A channel of a request that waits for its time, and then looks whether it is still wanted. */
final class WaitingStep implements Delivery {
    private static final Logger LOG = Logger.getLogger(WaitingStep.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final OwnTransaction own;
    private final LaterChannels channels;
    private final LaterChannel channel;
    private final Duration delay;

    WaitingStep(OwnTransaction own, LaterChannels channels, LaterChannel channel, Duration delay) {
        this.own = own;
        this.channels = channels;
        this.channel = channel;
        this.delay = delay;
    }

    Duration delay() {
        return delay;
    }

    @Override
    public String label() {
        return "The step "
                + channel.kind().value()
                + " of request "
                + channels.request().authReqId();
    }

    @Override
    public Load load() {
        return new Load(
                Share.of(channels.request().realmId()), channels.request().id(), channels.bytes());
    }

    @Override
    public Backoff backoff() {
        long left = channels.request().expiresAt() - ServerClock.seconds();
        return new Backoff(LONGEST_PAUSE, Duration.ofSeconds(Math.max(0, left)));
    }

    @Override
    public void attempt() throws UndeliveredException {
        boolean isOver;
        try {
            isOver = own.run(this::isOver);
        } catch (RuntimeException e) {
            throw UndeliveredException.forNow(e.getClass().getSimpleName());
        }
        if (!isOver) {
            throw UndeliveredException.forNow("queue_full");
        }
    }

    private boolean isOver(KeycloakSession session) {
        boolean pending =
                session.getContext().getRealm() != null
                        && new Requests(session).state(channels.request().id())
                                == RequestState.PENDING;
        Optional<LaterChannels.Use> use =
                pending ? channels.due(session, channel) : Optional.empty();
        if (use.isEmpty()) {
            count(session, "unneeded");
            return true;
        }
        switch (use.get()) {
            case USED -> {
                count(session, "used");
                event(session, CibaEvent.ESCALATED).success();
            }
            case UNUSABLE -> lost(session, "unreachable");
            case FULL -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void retried(String reason) {
        LOG.debugf("%s: %s, again later", label(), reason);
    }

    /** Also within a request that has been committed: what fails here must not look like it. */
    @Override
    public void giveUp(String reason) {
        try {
            own.runIfRealmExists(session -> lost(session, reason));
        } catch (RuntimeException e) {
            LOG.warnf("The event of %s was not stored: %s", label(), e.getClass().getSimpleName());
        }
    }

    private void lost(KeycloakSession session, String reason) {
        LOG.warnf("%s is lost: %s", label(), reason);
        count(session, "lost");
        event(session, CibaEvent.SEND_FAILED).detail(CibaEvents.REASON, reason).error("step_lost");
    }

    private static void count(KeycloakSession session, String outcome) {
        if (session.getContext().getRealm() != null) {
            Meters.step(session.getContext().getRealm().getName(), outcome);
        }
    }

    private EventBuilder event(KeycloakSession session, CibaEvent step) {
        return channels.request()
                .describe(
                        CibaEvents.backgroundEvent(session, session.getContext().getRealm(), step),
                        session.getContext().getRealm())
                .detail(CibaEvents.CHANNEL, channels.nowFor(channel).kind().value())
                .detail(CibaEvents.CORRELATION_ID, channels.request().correlationId());
    }
}
