// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.request.RequestState;
import io.github.cibapack.store.PendingSlots;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.keycloak.models.UserModel;

/** A user's pending requests. */
public final class UserRequestsResource {
    private final AdminCall call;
    private final String userId;

    UserRequestsResource(AdminCall call, String userId) {
        this.call = call;
        this.userId = userId;
    }

    /**
     * The pending requests, newest first: those that have a place among the user's pending
     * requests, which is the only index that there is.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<RequestRepresentation> list() {
        UserModel user = call.permissions().userToView(userId);
        return new PendingSlots(call.session())
                .of(user.getId()).stream()
                        .flatMap(
                                slot ->
                                        KnownRequest.keptAs(call.session(), slot.requestId())
                                                .stream())
                        .filter(known -> known.state() == RequestState.PENDING)
                        .map(RequestRepresentation::of)
                        .sorted(
                                Comparator.comparingLong(RequestRepresentation::createdAt)
                                        .reversed())
                        .toList();
    }
}
