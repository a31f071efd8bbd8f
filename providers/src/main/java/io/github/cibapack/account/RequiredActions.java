// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.account;

import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The required actions of a user, for example a new password, a verified address or the realm's
 * terms. Keycloak's grant issues no tokens while any is left, enabled in the realm or not.
 */
public final class RequiredActions {
    private RequiredActions() {}

    public static boolean areLeft(UserModel user) {
        return user.getRequiredActionsStream().findAny().isPresent();
    }

    /**
     * Whether a login can complete all of them: it skips actions that the realm has not enabled.
     */
    public static boolean areDoneAtLogin(RealmModel realm, UserModel user) {
        return user.getRequiredActionsStream()
                .map(realm::getRequiredActionProviderByAlias)
                .allMatch(action -> action != null && action.isEnabled());
    }
}
