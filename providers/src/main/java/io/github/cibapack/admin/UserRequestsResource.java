// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.request.RequestState;
import io.github.cibapack.store.PendingSlots;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** A user's pending requests. */
public final class UserRequestsResource {
    private final KeycloakSession session;
    private final Permissions permissions;
    private final String userId;

    UserRequestsResource(KeycloakSession session, Permissions permissions, String userId) {
        this.session = session;
        this.permissions = permissions;
        this.userId = userId;
    }

    /**
     * The pending requests, newest first: those that have a place among the user's pending
     * requests, which is the only index that there is.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<RequestRepresentation> list() {
        UserModel user = permissions.userToLookAt(userId);
        return new PendingSlots(session)
                .of(user.getId()).stream()
                        .flatMap(slot -> KnownRequest.keptAs(session, slot.requestId()).stream())
                        .filter(known -> known.state() == RequestState.PENDING)
                        .map(RequestRepresentation::of)
                        .sorted(
                                Comparator.comparingLong(RequestRepresentation::createdAt)
                                        .reversed())
                        .toList();
    }
}
