// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.audit.Redacted;
import io.github.cibapack.store.StoreProbe;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Whether this server keeps what the pack promises. Where it does not, nothing that the pack serves
 * is served: the pack has no second way to find a single winner.
 */
public final class Fitness {
    private static final Logger LOG = Logger.getLogger(Fitness.class);

    /** The server option with which an admin takes the risk, in the scope of the admin resource. */
    public static final String ACCEPT_UNSAFE_STORE = "acceptUnsafeStore";

    private static final String OPTIONS_SPI = "admin-realm-restapi-extension";
    private static final String OPTIONS_PROVIDER = "ciba";

    private final KeycloakSessionFactory sessions;
    private final boolean risksAreAccepted;

    /** What was found out does not change while the server runs; empty until then. */
    private volatile Optional<Boolean> found = Optional.empty();

    /** The fitness of the server, tried out when it is first asked for. */
    public Fitness(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
        this.risksAreAccepted =
                Config.scope(OPTIONS_SPI, OPTIONS_PROVIDER)
                        .getBoolean(ACCEPT_UNSAFE_STORE, Boolean.FALSE);
    }

    /** Whether requests may be served. A store that does not answer is asked again next time. */
    public boolean isGiven() {
        if (risksAreAccepted) {
            return true;
        }
        if (found.isEmpty()) {
            found = tryOut();
        }
        return found.orElse(false);
    }

    private Optional<Boolean> tryOut() {
        try {
            return Optional.of(StoreProbe.of(sessions).hasSingleWinner());
        } catch (RuntimeException e) {
            LOG.warn("The single-use store could not be tried out", Redacted.of(e));
            return Optional.empty();
        }
    }
}
