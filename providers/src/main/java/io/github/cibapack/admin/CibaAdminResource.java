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
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Permissions permissions;
    private final AdminEventBuilder adminEvent;
    private final AdminEvents events;

    CibaAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator auth,
            AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.permissions = new Permissions(session, realm, auth);
        this.adminEvent = adminEvent;
        this.events = new AdminEvents(session, adminEvent);
    }

    @Path("users/{id}/user-code")
    public UserCodeResource userCode(@PathParam("id") String userId) {
        return new UserCodeResource(session, realm, permissions, adminEvent, userId);
    }

    @Path("users/{id}/requests")
    public UserRequestsResource userRequests(@PathParam("id") String userId) {
        return new UserRequestsResource(session, permissions, userId);
    }

    @Path("users/{id}/notification-counters")
    public CountersResource counters(@PathParam("id") String userId) {
        return new CountersResource(session, permissions, events, userId);
    }

    @Path("requests/{id}")
    public RequestResource request(@PathParam("id") String authReqId) {
        return new RequestResource(session, permissions, events, authReqId);
    }

    @Path("history")
    public HistoryResource history() {
        return new HistoryResource(session, permissions);
    }

    /** The settings that hold for a client, which is named by its internal id. */
    @Path("clients/{id}/settings")
    public ClientSettingsResource clientSettings(@PathParam("id") String clientUuid) {
        return new ClientSettingsResource(session, permissions, clientUuid);
    }

    @Path("test-mail")
    public TestMailResource testMail() {
        return new TestMailResource(session, permissions, events);
    }

    @Path("problems")
    public ProblemsResource problems() {
        return new ProblemsResource(session, permissions);
    }
}
