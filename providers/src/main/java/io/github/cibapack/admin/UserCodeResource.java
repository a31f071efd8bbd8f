// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.usercode.UserCode;
import io.github.cibapack.usercode.UserCodeCredentialProvider;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.UserModel;

/** Sets and removes a user's code; needs the permission to manage the user. It is never shown. */
public final class UserCodeResource {
    private static final String VALUE = "value";

    private final AdminCall call;
    private final String userId;

    UserCodeResource(AdminCall call, String userId) {
        this.call = call;
        this.userId = userId;
    }

    /** Sets the code: {@code {"value": "…"}}. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response set(Map<String, String> body) {
        UserModel user = call.permissions().userToManage(userId);
        String code =
                UserCode.normalize(body == null ? null : body.get(VALUE))
                        .orElseThrow(
                                () ->
                                        new BadRequestException(
                                                "The member 'value' must have 4 to 64 visible"
                                                        + " characters"));
        new UserCodeCredentialProvider(call.session()).set(call.realm(), user, code);
        record(OperationType.UPDATE);
        return Response.noContent().build();
    }

    @DELETE
    public Response remove() {
        new UserCodeCredentialProvider(call.session())
                .remove(call.permissions().userToManage(userId));
        record(OperationType.DELETE);
        return Response.noContent().build();
    }

    /** Without the body: an admin event that is stored with its representation would hold it. */
    private void record(OperationType operation) {
        call.adminEvent()
                .operation(operation)
                .resource(ResourceType.USER)
                .resourcePath(call.session().getContext().getUri())
                .success();
    }
}
