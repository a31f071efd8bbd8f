// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The root of the admin resources. Each call checks its own permission. */
public final class CibaAdminResource {
    private final AdminCall call;

    CibaAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator auth,
            AdminEventBuilder adminEvent) {
        this.call =
                new AdminCall(session, realm, new Permissions(session, realm, auth), adminEvent);
    }

    @Path("users/{id}/user-code")
    public UserCodeResource userCode(@PathParam("id") String userId) {
        return new UserCodeResource(call, userId);
    }

    @Path("users/{id}/requests")
    public UserRequestsResource userRequests(@PathParam("id") String userId) {
        return new UserRequestsResource(call, userId);
    }

    @Path("users/{id}/notification-counters")
    public CountersResource counters(@PathParam("id") String userId) {
        return new CountersResource(call, userId);
    }

    @Path("requests/{id}")
    public RequestResource request(@PathParam("id") String authReqId) {
        return new RequestResource(call, authReqId);
    }

    @Path("history")
    public HistoryResource history() {
        return new HistoryResource(call);
    }

    /** The settings that hold for a client, which is named by its internal id. */
    @Path("clients/{id}/settings")
    public ClientSettingsResource clientSettings(@PathParam("id") String clientUuid) {
        return new ClientSettingsResource(call, clientUuid);
    }

    @Path("test-mail")
    public TestMailResource testMail() {
        return new TestMailResource(call);
    }

    @Path("problems")
    public ProblemsResource problems() {
        return new ProblemsResource(call);
    }
}
