// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What the server's single-use store does, tried out rather than concluded from versions: the pack
 * takes both for granted.
 *
 * @param hasSingleWinner whether the second taker of a key is told that it is the second. With
 *     MySQL or MariaDB and the feature {@code stateless} it is not before Keycloak 26.7.4
 *     (CVE-2026-90997): whatever may happen once then happens as often as it is tried.
 * @param showsLatest whether a transaction sees what another has committed since it began. Under
 *     the isolation level {@code REPEATABLE READ} it does not.
 */
public record StoreProbe(boolean hasSingleWinner, boolean showsLatest) {

    /** The store has no sooner way to remove what was tried out. */
    private static final int LIFESPAN_SECONDS = 60;

    /** This server's, for as long as it runs; null until the store has answered. */
    private static final AtomicReference<StoreProbe> RESULT = new AtomicReference<>();

    /**
     * Tries the store out, once while the server runs.
     *
     * @throws RuntimeException if the store does not answer; the next call tries again
     */
    public static StoreProbe of(KeycloakSessionFactory sessions) {
        if (RESULT.get() == null) {
            RESULT.set(tryOut(sessions));
        }
        return RESULT.get();
    }

    /** Works with a key of no meaning. */
    private static StoreProbe tryOut(KeycloakSessionFactory sessions) {
        String key = "ciba.probe." + UUID.randomUUID();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session -> {
                    boolean free = !session.singleUseObjects().contains(key);
                    boolean first = takeApart(sessions, key);
                    boolean shown = session.singleUseObjects().contains(key);
                    boolean second = takeApart(sessions, key);
                    return new StoreProbe(free && first && !second, shown);
                });
    }

    private static boolean takeApart(KeycloakSessionFactory sessions, String key) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                sessions, (KeycloakSession apart) -> take(apart, key));
    }

    private static boolean take(KeycloakSession session, String key) {
        return session.singleUseObjects().putIfAbsent(key, LIFESPAN_SECONDS);
    }
}
