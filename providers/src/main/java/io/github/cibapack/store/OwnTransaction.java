// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A session of its own for one task, with the realm in its context, without which Keycloak's user
 * cache would fail: what the task writes is committed when it returns, and what it reads is no
 * older than the task. Holds plain values and outlives the session that it was made from.
 */
public final class OwnTransaction {
    private final KeycloakSessionFactory sessions;
    private final String realmId;

    /** For tasks in the realm of this session. */
    public OwnTransaction(KeycloakSession session) {
        this(session.getKeycloakSessionFactory(), session.getContext().getRealm().getId());
    }

    public OwnTransaction(KeycloakSessionFactory sessions, String realmId) {
        this.sessions = sessions;
        this.realmId = realmId;
    }

    public String realmId() {
        return realmId;
    }

    /** Runs the task and commits; the context has no realm if it is gone. */
    public <T> T run(KeycloakSessionTaskWithResult<T> task) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                alone -> {
                    alone.getContext().setRealm(alone.realms().getRealm(realmId));
                    return task.run(alone);
                });
    }

    /** Runs the task and commits; does nothing if the realm is gone. */
    public void runIfRealmExists(Consumer<KeycloakSession> task) {
        callIfRealmExists(
                alone -> {
                    task.accept(alone);
                    return null;
                });
    }

    /** As above, with what the task has found; empty if it was nothing, or the realm is gone. */
    public <T> Optional<T> callIfRealmExists(Function<KeycloakSession, T> task) {
        return run(
                alone ->
                        Optional.ofNullable(alone.getContext().getRealm())
                                .map(realm -> task.apply(alone)));
    }
}
