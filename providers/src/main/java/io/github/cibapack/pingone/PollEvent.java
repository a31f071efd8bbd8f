// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CibaEvents;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** Keycloak's event of a poll, which says more of an error than Keycloak's answer does. */
final class PollEvent extends EventBuilder {
    private String told;

    PollEvent(KeycloakSession session) {
        super(session.getContext().getRealm(), session, session.getContext().getConnection());
        CibaEvents.correlate(this, session);
    }

    /** The last error that was written. */
    Optional<String> error() {
        return Optional.ofNullable(told);
    }

    @Override
    public void error(String error) {
        told = error;
        super.error(error);
    }
}
