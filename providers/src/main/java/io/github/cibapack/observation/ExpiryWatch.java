// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import io.github.cibapack.waiting.Continuations;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Records the expiry of undecided requests, because the store cannot list its entries. Best effort:
 * only the node that accepted a request watches it, until that node stops.
 */
final class ExpiryWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ExpiryWatch.class);

    /** By then the store has a decision that was made at the last moment. */
    private static final long SLACK_SECONDS = 2;

    private final KeycloakSessionFactory sessions;
    private final int most;
    private final AtomicInteger watched = new AtomicInteger();
    private final ScheduledThreadPoolExecutor clock;

    /** By the second in which they end. */
    private final Map<Long, Ending> endings = new ConcurrentHashMap<>();

    ExpiryWatch(KeycloakSessionFactory sessions, int most) {
        this.sessions = sessions;
        this.most = most;
        this.clock = new ScheduledThreadPoolExecutor(1, Continuations.threadsNamed("ciba-expiry"));
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Requests that end in the same second; one timer for all of them.
     *
     * @param realms their realms, by their ids
     */
    private record Ending(Future<?> timer, Map<String, String> realms) {}

    int size() {
        return watched.get();
    }

    /** Watches a request from its start to its decision. */
    void follow(RequestEvent event) {
        AuthenticationRequest request = event.request();
        if (event instanceof RequestEvent.Accepted && size() < most) {
            add(request);
        } else if (event instanceof RequestEvent.Decided) {
            endings.computeIfPresent(
                    request.expiresAt(), (second, ending) -> without(request.id(), ending));
        }
    }

    private Ending without(String requestId, Ending ending) {
        if (ending.realms().remove(requestId) != null) {
            watched.decrementAndGet();
        }
        if (!ending.realms().isEmpty()) {
            return ending;
        }
        ending.timer().cancel(false);
        return null;
    }

    private void add(AuthenticationRequest request) {
        try {
            endings.compute(
                    request.expiresAt(),
                    (second, known) -> {
                        Ending ending = known == null ? endingIn(second) : known;
                        if (ending.realms().put(request.id(), request.realmId()) == null) {
                            watched.incrementAndGet();
                        }
                        return ending;
                    });
        } catch (RejectedExecutionException e) {
            LOG.debugf("Server is stopping: the expiry of %s is not watched", request.authReqId());
        }
    }

    private Ending endingIn(long second) {
        return new Ending(
                clock.schedule(
                        () -> over(second),
                        second - ServerClock.seconds() + SLACK_SECONDS,
                        TimeUnit.SECONDS),
                new HashMap<>());
    }

    private void over(long second) {
        Ending ending = endings.remove(second);
        if (ending != null) {
            watched.addAndGet(-ending.realms().size());
            ending.realms().forEach(this::over);
        }
    }

    private void over(String requestId, String realmId) {
        try {
            new OwnTransaction(sessions, realmId)
                    .runIfRealmExists(session -> expire(session, requestId));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The expiry of request %s was not recorded: %s",
                    RequestIds.shown(requestId), e.getClass().getSimpleName());
        }
    }

    private void expire(KeycloakSession session, String requestId) {
        Requests requests = new Requests(session);
        requests.find(requestId)
                .filter(AuthenticationRequest::hasPage)
                .filter(request -> new Outcomes(session).of(requestId).isEmpty())
                .ifPresent(
                        request -> {
                            if (request.isExpired()) {
                                requests.expired(request);
                            } else {
                                // the clock was put back
                                add(request);
                            }
                        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
