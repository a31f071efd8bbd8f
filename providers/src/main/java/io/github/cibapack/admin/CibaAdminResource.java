// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.approval.LoginTrial;
import io.github.cibapack.health.RealmCheck;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The root of the admin resources. Each call checks its own permission. */
public final class CibaAdminResource {
    private static final int MOST_CLIENTS = 1000;

    private final AdminCall call;

    CibaAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator auth,
            AdminEventBuilder adminEvent) {
        this.call =
                new AdminCall(session, realm, new Permissions(session, realm, auth), adminEvent);
    }

    @Path("users/{id}")
    public UserResource user(@PathParam("id") String userId) {
        return new UserResource(call, userId);
    }

    @Path("requests/{id}")
    public RequestResource request(@PathParam("id") String authReqId) {
        return new RequestResource(call, authReqId);
    }

    @Path("history")
    public HistoryResource history() {
        return new HistoryResource(call);
    }

    @Path("test-mail")
    public TestMailResource testMail() {
        return new TestMailResource(call);
    }

    /**
     * The settings that hold for a client: each of them, and where it comes from.
     *
     * @param clientUuid internal id of the client
     * @param acrValues what a request would ask for
     */
    @GET
    @Path("clients/{id}/settings")
    @Produces(MediaType.APPLICATION_JSON)
    public SettingsRepresentation clientSettings(
            @PathParam("id") String clientUuid, @QueryParam("acr_values") String acrValues) {
        call.permissions().requireView();
        ClientModel client = call.realm().getClientById(clientUuid);
        if (client == null) {
            throw call.permissions().absent("Client not found");
        }
        return new EffectiveSettings(call.realm(), client).of(AdminCall.given(acrValues));
    }

    /** What the start-up check would warn of in this realm, now. */
    @GET
    @Path("problems")
    @Produces(MediaType.APPLICATION_JSON)
    public ProblemsRepresentation problems() {
        call.permissions().requireView();
        LoginTrial login = new LoginTrial(call.session());
        return ProblemsRepresentation.of(
                new RealmCheck(call.realm(), login::refusal).run(MOST_CLIENTS));
    }
}
