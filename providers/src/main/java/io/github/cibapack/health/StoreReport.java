// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.audit.Redacted;
import io.github.cibapack.store.StoreDependency;
import io.github.cibapack.store.StoreProbe;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.provider.Spi;

/** Says after the start what the server's store does not keep, with what an admin can do. */
final class StoreReport {
    private static final Logger LOG = Logger.getLogger(StoreReport.class);

    /** By name, as the pack links to nothing of the database. */
    private static final String DATABASE_SPI = "connectionsJpa";

    private static final String DATABASE_PRODUCT = "databaseProduct";

    private final KeycloakSessionFactory sessions;

    StoreReport(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    void write() {
        StoreProbe probe;
        try {
            probe = StoreProbe.of(sessions);
        } catch (RuntimeException e) {
            LOG.warn("The single-use store could not be tried out", Redacted.of(e));
            return;
        }
        if (!probe.hasSingleWinner()) {
            LOG.errorf(
                    "Keycloak %s with the single-use store '%s' on %s tells everybody that they"
                        + " were first (CVE-2026-90997, MySQL and MariaDB with the feature"
                        + " 'stateless'): an approval could be used more than once. Starts, pages"
                        + " and one-time rules answer 503. Update to Keycloak 26.7.4 or newer, or"
                        + " leave the feature out; to take the risk, set"
                        + " --spi-admin-realm-restapi-extension--ciba--accept-unsafe-store=true",
                    Version.VERSION, StoreDependency.idOf(sessions), database());
        }
        if (!probe.showsLatest()) {
            LOG.warnf(
                    "The single-use store '%s' on %s shows a transaction what was there when it"
                            + " began: set the isolation level of the database's connections to"
                            + " READ COMMITTED, or requests of people who act at the same moment"
                            + " fail",
                    StoreDependency.idOf(sessions), database());
        }
    }

    private String database() {
        return sessions.getSpis().stream()
                .filter(spi -> DATABASE_SPI.equals(spi.getName()))
                .map(Spi::getProviderClass)
                .flatMap(sessions::getProviderFactoriesStream)
                .filter(ServerInfoAwareProviderFactory.class::isInstance)
                .map(ServerInfoAwareProviderFactory.class::cast)
                .map(factory -> factory.getOperationalInfo().get(DATABASE_PRODUCT))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("an unknown database");
    }
}
