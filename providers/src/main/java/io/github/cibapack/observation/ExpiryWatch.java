// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.waiting.Continuations;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
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
    private final Map<String, Future<?>> watched = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor clock;

    ExpiryWatch(KeycloakSessionFactory sessions, int most) {
        this.sessions = sessions;
        this.most = most;
        this.clock = new ScheduledThreadPoolExecutor(1, Continuations.threadsNamed("ciba-expiry"));
        clock.setRemoveOnCancelPolicy(true);
    }

    int size() {
        return watched.size();
    }

    /** Watches a request from its start to its decision. */
    void follow(RequestEvent event) {
        AuthenticationRequest request = event.request();
        if (event instanceof RequestEvent.Accepted && watched.size() < most) {
            add(request);
        } else if (event instanceof RequestEvent.Decided) {
            Future<?> expiry = watched.remove(request.id());
            if (expiry != null) {
                expiry.cancel(false);
            }
        }
    }

    private void add(AuthenticationRequest request) {
        String realmId = request.realmId();
        String requestId = request.id();
        try {
            watched.put(
                    requestId,
                    clock.schedule(
                            () -> over(realmId, requestId),
                            request.expiresAt() - request.createdAt() + SLACK_SECONDS,
                            TimeUnit.SECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debugf("Server is stopping: the expiry of %s is not watched", request.authReqId());
        }
    }

    private void over(String realmId, String requestId) {
        watched.remove(requestId);
        try {
            new OwnTransaction(sessions, realmId)
                    .runIfRealmExists(session -> expire(new Requests(session), requestId));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The expiry of request %s was not recorded: %s",
                    RequestIds.shown(requestId), e.getClass().getSimpleName());
        }
    }

    private static void expire(Requests requests, String requestId) {
        requests.find(requestId)
                .filter(AuthenticationRequest::hasPage)
                .filter(request -> requests.outcome(requestId).isEmpty())
                .ifPresent(requests::expired);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
