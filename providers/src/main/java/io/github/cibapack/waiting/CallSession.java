// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import java.util.concurrent.CompletionStage;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/** The session of a call that may wait for its answer. */
public final class CallSession {
    private CallSession() {}

    /**
     * Ends the session on the thread that began it, unless the answer is there already. From 26.7,
     * Keycloak itself does that after the call's method. Before, it keeps session, transaction and
     * connection until the answer is sent, so that what is to follow the commit never begins, and
     * the next call on the thread finds the transaction of this one.
     *
     * @param answer which uses the session no more
     */
    public static <T> CompletionStage<T> endBefore(
            CompletionStage<T> answer, KeycloakSession session) {
        if (!answer.toCompletableFuture().isDone() && !session.isClosed()) {
            session.close();
            KeycloakSessionUtil.setKeycloakSession(null);
        }
        return answer;
    }
}
