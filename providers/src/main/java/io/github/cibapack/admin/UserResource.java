// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.request.RequestState;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.usercode.UserCode;
import io.github.cibapack.usercode.UserCodeCredentialProvider;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.UserModel;

/** What concerns one user: the user code, pending requests, notification counters. */
public final class UserResource {
    private static final String VALUE = "value";

    private final AdminCall call;
    private final String userId;

    UserResource(AdminCall call, String userId) {
        this.call = call;
        this.userId = userId;
    }

    /** Sets the user's code: {@code {"value": "…"}}. It is never shown. */
    @PUT
    @Path("user-code")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response setUserCode(Map<String, String> body) {
        UserModel user = call.permissions().userToManage(userId);
        Optional<String> code = UserCode.normalize(body == null ? null : body.get(VALUE));
        if (code.isEmpty()) {
            throw new BadRequestException(
                    "The member 'value' must have 4 to 64 visible characters");
        }
        new UserCodeCredentialProvider(call.session()).set(call.realm(), user, code.get());
        return changedUserCode(OperationType.UPDATE);
    }

    @DELETE
    @Path("user-code")
    public Response removeUserCode() {
        new UserCodeCredentialProvider(call.session())
                .remove(call.permissions().userToManage(userId));
        return changedUserCode(OperationType.DELETE);
    }

    /** Without the body: an admin event that is stored with its representation would hold it. */
    private Response changedUserCode(OperationType operation) {
        call.adminEvent()
                .operation(operation)
                .resource(ResourceType.USER)
                .resourcePath(call.session().getContext().getUri())
                .success();
        return Response.noContent().build();
    }

    /**
     * The pending requests, newest first: those that have a place among the user's pending
     * requests, which is the only index that there is.
     */
    @GET
    @Path("requests")
    @Produces(MediaType.APPLICATION_JSON)
    public List<RequestRepresentation> requests() {
        UserModel user = call.permissions().userToView(userId);
        return new PendingSlots(call.session())
                .of(user.getId()).stream()
                        .map(slot -> KnownRequest.keptAs(call.session(), slot.requestId()))
                        .flatMap(Optional::stream)
                        .filter(known -> known.state() == RequestState.PENDING)
                        .map(RequestRepresentation::of)
                        .sorted(
                                Comparator.comparingLong(RequestRepresentation::createdAt)
                                        .reversed())
                        .toList();
    }

    @Path("notification-counters")
    public CountersResource counters() {
        return new CountersResource(call, userId);
    }
}
