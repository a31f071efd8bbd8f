// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The root of the admin resources. Each resource checks its own permission. */
public final class CibaAdminResource {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    CibaAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator auth,
            AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /** The code of one user. */
    @Path("users/{id}/user-code")
    public UserCodeResource userCode(@PathParam("id") String userId) {
        return new UserCodeResource(session, realm, auth, adminEvent, userId);
    }
}
