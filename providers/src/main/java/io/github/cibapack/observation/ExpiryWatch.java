// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.OwnTransaction;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.events.Errors;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

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
        this.clock =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "ciba-expiry");
                            thread.setDaemon(true);
                            return thread;
                        });
        clock.setRemoveOnCancelPolicy(true);
    }

    int size() {
        return watched.size();
    }

    /** Starts watching a request. */
    void add(Event requested) {
        String authReqId = requested.getDetails().get(CibaEvents.AUTH_REQ_ID);
        String expiresIn = requested.getDetails().get(CibaEvents.EXPIRES_IN);
        if (authReqId == null || expiresIn == null || watched.size() >= most) {
            return;
        }
        String realmId = requested.getRealmId();
        try {
            watched.put(
                    authReqId,
                    clock.schedule(
                            () -> over(realmId, authReqId),
                            Long.parseLong(expiresIn) + SLACK_SECONDS,
                            TimeUnit.SECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debugf("Server is stopping: the expiry of %s is not watched", authReqId);
        }
    }

    /** Stops watching a request that was decided. */
    void forget(String authReqId) {
        Future<?> expiry = watched.remove(authReqId);
        if (expiry != null) {
            expiry.cancel(false);
        }
    }

    private void over(String realmId, String authReqId) {
        watched.remove(authReqId);
        try {
            new OwnTransaction(sessions, realmId)
                    .runIfRealmExists(session -> record(session, authReqId));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The expiry of request %s was not recorded: %s",
                    authReqId, e.getClass().getSimpleName());
        }
    }

    private static void record(KeycloakSession session, String authReqId) {
        RealmModel realm = session.getContext().getRealm();
        Requests store = new Requests(session);
        Optional<AuthenticationRequest> request =
                store.shownAs(authReqId).filter(AuthenticationRequest::hasPage);
        if (request.isEmpty() || store.outcome(request.get().id()).isPresent()) {
            return;
        }
        request.get()
                .describe(CibaEvents.backgroundEvent(session, realm, CibaEvent.EXPIRED), realm)
                .detail(CibaEvents.CORRELATION_ID, request.get().correlationId())
                .detail(CibaEvents.REASON, "nobody_decided")
                .error(Errors.EXPIRED_CODE);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
