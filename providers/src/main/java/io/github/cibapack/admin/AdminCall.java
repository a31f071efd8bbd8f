// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.text.StorableText;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * One call of an admin.
 *
 * @param permissions what the admin may do
 * @param adminEvent Keycloak's admin event of the call
 */
record AdminCall(
        KeycloakSession session,
        RealmModel realm,
        Permissions permissions,
        AdminEventBuilder adminEvent) {

    /** What an admin event is about, if it is a resource of the pack. */
    enum Resource {
        /** A request was cancelled, or its e-mail sent again. */
        CIBA_REQUEST,
        /** A user's notification counters were reset. */
        CIBA_NOTIFICATION_COUNTERS,
        /** A test mail was sent. */
        CIBA_TEST_MAIL
    }

    /**
     * Prepares the admin event of this call; {@code success} sends it.
     *
     * @param what ids and names; neither addresses nor secrets
     */
    AdminEventBuilder event(Resource resource, OperationType operation, Map<String, String> what) {
        return adminEvent
                .resource(resource.name())
                .operation(operation)
                .resourcePath(session.getContext().getUri())
                .representation(what);
    }

    /** What the call says; empty if it says nothing. */
    static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    /** The client that the call names by its client id. */
    ClientModel client(String clientId) {
        ClientModel client =
                clientId != null && StorableText.isOne(clientId)
                        ? realm.getClientByClientId(clientId)
                        : null;
        if (client == null) {
            throw AdminError.badRequest("'client' must be the client id of a client of this realm");
        }
        return client;
    }
}
