// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What the calling admin may do. Each call checks its permission here before it looks anything up,
 * so an admin without it cannot tell what exists.
 */
final class Permissions {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    Permissions(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /** For what concerns the whole realm: {@code view-realm} and {@code view-users}. */
    void requireView() {
        auth.realm().requireViewRealm();
        auth.users().requireView();
    }

    /** For what the realm has saved of its events: {@code view-events} as well. */
    void requireViewEvents() {
        requireView();
        auth.realm().requireViewEvents();
    }

    /** For what concerns the realm's settings: {@code manage-realm}. */
    void requireManageRealm() {
        auth.realm().requireManageRealm();
    }

    /**
     * A user whom the admin may look at: {@code view-realm}, and {@code view-users} or the
     * permission to view this user.
     */
    UserModel userToView(String userId) {
        auth.realm().requireViewRealm();
        UserModel user = user(userId);
        auth.users().requireView(user);
        return user;
    }

    /** A user whom the admin may manage: {@code manage-users}, or the permission for this user. */
    UserModel userToManage(String userId) {
        UserModel user = user(userId);
        auth.users().requireManage(user);
        return user;
    }

    private UserModel user(String userId) {
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .orElseThrow(() -> absent("User not found"));
    }

    /** The answer if it does not exist. */
    RuntimeException absent(String sentence) {
        return auth.users().canQuery() ? new NotFoundException(sentence) : new ForbiddenException();
    }

    /** The admin who calls; of this realm or of the master realm. */
    UserModel admin() {
        return auth.adminAuth().getUser();
    }
}
