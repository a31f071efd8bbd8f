// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import io.github.cibapack.links.ServerLinks;
import org.jboss.logging.Logger;
import org.keycloak.common.Version;

/** Says after the start whether the pack fits the server's classes. */
final class LinkReport {
    private static final Logger LOG = Logger.getLogger(LinkReport.class);

    private LinkReport() {}

    static void write() {
        ServerLinks links = ServerLinks.here();
        if (!links.areComplete()) {
            LOG.errorf(
                    "Keycloak %s lacks %d of %d classes and members that this version of the pack"
                        + " links to: %s. Approvals are out of service: starts, pages and one-time"
                        + " rules answer 503, and Keycloak's CIBA endpoints with them. All else is"
                        + " Keycloak's own. Take a version of the pack that is made for this"
                        + " Keycloak",
                    Version.VERSION,
                    links.missing().size(),
                    links.count(),
                    String.join(", ", links.missing()));
            return;
        }
        LOG.infof(
                "Keycloak %s has what the pack links to (%d classes and members)",
                Version.VERSION, links.count());
        links.lacking().values().stream()
                .filter(sentence -> !sentence.isEmpty())
                .forEach(sentence -> LOG.infof("On Keycloak %s: %s", Version.VERSION, sentence));
    }
}
