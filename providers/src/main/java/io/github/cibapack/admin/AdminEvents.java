// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Keycloak's admin events for what admins have done, with resource types of the pack. */
final class AdminEvents {

    /** What an admin event is about. */
    enum Resource {
        /** A request was cancelled, or its e-mail sent again. */
        CIBA_REQUEST,
        /** A user's notification counters were reset. */
        CIBA_NOTIFICATION_COUNTERS,
        /** A test mail was sent. */
        CIBA_TEST_MAIL
    }

    private final KeycloakSession session;
    private final AdminEventBuilder event;

    AdminEvents(KeycloakSession session, AdminEventBuilder event) {
        this.session = session;
        this.event = event;
    }

    /**
     * Prepares the admin event of this call; {@code success} sends it.
     *
     * @param what ids and names; neither addresses nor secrets
     */
    AdminEventBuilder event(Resource resource, OperationType operation, Map<String, String> what) {
        return event.resource(resource.name())
                .operation(operation)
                .resourcePath(session.getContext().getUri())
                .representation(what);
    }
}
