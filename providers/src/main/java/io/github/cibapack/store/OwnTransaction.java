// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A session of its own for one task, in the same realm: what it writes is committed when the task
 * returns, and what it reads is no older than the task. It holds plain values and outlives the
 * session that it was made from.
 */
public final class OwnTransaction {
    private final KeycloakSessionFactory sessions;
    private final String realmId;

    public OwnTransaction(KeycloakSession session) {
        this.sessions = session.getKeycloakSessionFactory();
        this.realmId = session.getContext().getRealm().getId();
    }

    /** Runs the task and commits. */
    public <T> T run(KeycloakSessionTaskWithResult<T> task) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                alone -> {
                    alone.getContext().setRealm(alone.realms().getRealm(realmId));
                    return task.run(alone);
                });
    }
}
