// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.audit.Redacted;
import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.store.StoreProbe;
import java.util.Optional;
import java.util.function.Supplier;
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

    /** The fitness of the server, tried out when it is first asked for. */
    public Fitness(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
        this.risksAreAccepted =
                Config.scope(OPTIONS_SPI, OPTIONS_PROVIDER)
                        .getBoolean(ACCEPT_UNSAFE_STORE, Boolean.FALSE);
    }

    /**
     * The resource that answers a call.
     *
     * @param resource of the pack, for a server that is fit for it
     */
    public Object resource(Supplier<Object> resource) {
        return obstacle().<Object>map(OutOfService::new).orElseGet(resource);
    }

    /** Why requests may not be served; empty if they may. */
    public Optional<OutOfService.Reason> obstacle() {
        if (!ServerLinks.here().areComplete()) {
            return Optional.of(OutOfService.Reason.MISSING_LINKS);
        }
        if (risksAreAccepted) {
            return Optional.empty();
        }
        try {
            return StoreProbe.of(sessions).hasSingleWinner()
                    ? Optional.empty()
                    : Optional.of(OutOfService.Reason.UNSAFE_STORE);
        } catch (RuntimeException e) {
            LOG.warn("The single-use store could not be tried out", Redacted.of(e));
            return Optional.of(OutOfService.Reason.SILENT_STORE);
        }
    }
}
