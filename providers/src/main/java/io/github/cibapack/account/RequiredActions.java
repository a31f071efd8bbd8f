// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.account;

import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What Keycloak wants of a user before anything else: a new password, a verified address, the
 * realm's terms. Its grant makes no tokens for a user who has any of it left, enabled in the realm
 * or not.
 */
public final class RequiredActions {
    private RequiredActions() {}

    /** Whether anything is left to do. */
    public static boolean areLeft(UserModel user) {
        return user.getRequiredActionsStream().findAny().isPresent();
    }

    /** Whether a login leads through all of it: it passes over what the realm has not enabled. */
    public static boolean areDoneAtLogin(RealmModel realm, UserModel user) {
        return user.getRequiredActionsStream()
                .map(realm::getRequiredActionProviderByAlias)
                .allMatch(action -> action != null && action.isEnabled());
    }
}
