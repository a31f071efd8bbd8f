// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;

/**
 * What follows when a session's transaction has ended, in the order in which it was asked for. The
 * embedded cache is written then as well: what needs an entry is to be asked for after the entry.
 */
public final class AfterCommit {
    private AfterCommit() {}

    /** Runs a task before a commit is tried, whatever comes of it. */
    public static void runBefore(KeycloakSession session, Runnable task) {
        session.getTransactionManager().enlistPrepare(transaction(task, () -> {}));
    }

    /** Runs a task after the commit, and nothing after a rollback. */
    public static void run(KeycloakSession session, Runnable committed) {
        run(session, committed, () -> {});
    }

    public static void run(KeycloakSession session, Runnable committed, Runnable rolledBack) {
        session.getTransactionManager().enlistAfterCompletion(transaction(committed, rolledBack));
    }

    private static KeycloakTransaction transaction(Runnable committed, Runnable rolledBack) {
        return new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                committed.run();
            }

            @Override
            protected void rollbackImpl() {
                rolledBack.run();
            }
        };
    }
}
