// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Undoes what {@code putIfAbsent} and {@code remove} have done in a transaction that is rolled
 * back. The embedded cache takes at once and keeps what it has; the database rolls back with the
 * rest, and there an entry of that name may be somebody else's by then.
 */
public final class RollbackCompensation {
    private static final int PROBE_SECONDS = 60;

    private RollbackCompensation() {}

    /**
     * Removes these entries after a rollback.
     *
     * @param taken the keys of this transaction's own entries; asked for after the rollback
     */
    public static void release(KeycloakSession session, Supplier<Collection<String>> taken) {
        undo(
                session,
                () -> !taken.get().isEmpty(),
                List.of(store -> List.copyOf(taken.get()).forEach(store::remove)));
    }

    /**
     * Takes steps after a rollback, each of which is committed before the next one.
     *
     * @param needed whether there is anything to undo; asked after the rollback
     */
    public static void undo(
            KeycloakSession session,
            BooleanSupplier needed,
            List<Consumer<SingleUseObjectProvider>> steps) {
        KeycloakSessionFactory sessions = session.getKeycloakSessionFactory();
        AfterCommit.run(
                session,
                () -> {},
                () -> {
                    if (needed.getAsBoolean() && isKept(sessions)) {
                        steps.forEach(step -> take(sessions, step));
                    }
                });
    }

    /** Tries out what the store does; rollbacks are rare enough for that. */
    private static boolean isKept(KeycloakSessionFactory sessions) {
        String probe = "ciba.probe." + KeycloakModelUtils.generateId();
        KeycloakModelUtils.runJobInTransaction(
                sessions,
                session -> {
                    session.singleUseObjects().putIfAbsent(probe, PROBE_SECONDS);
                    session.getTransactionManager().setRollbackOnly();
                });
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session -> {
                    SingleUseObjectProvider store = session.singleUseObjects();
                    boolean kept = store.contains(probe);
                    store.remove(probe);
                    return kept;
                });
    }

    private static void take(
            KeycloakSessionFactory sessions, Consumer<SingleUseObjectProvider> step) {
        KeycloakModelUtils.runJobInTransaction(
                sessions, session -> step.accept(session.singleUseObjects()));
    }
}
