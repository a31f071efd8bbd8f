// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.account.RequiredActions;
import io.github.cibapack.request.AuthenticationRequest;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Whether an approved request may still be redeemed. Minutes may lie between request and poll; what
 * would stop a login now stops the redemption, too.
 */
final class Revalidation {
    private final KeycloakSession session;
    private final RealmModel realm;

    Revalidation(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The error for the event, or nothing where all is well. */
    Optional<String> failure(AuthenticationRequest record, ClientModel client, UserModel user) {
        if (!record.userId().equals(user.getId())) {
            return Optional.of(Errors.DIFFERENT_USER_AUTHENTICATED);
        }
        if (!record.clientId().equals(client.getId())) {
            return Optional.of(Errors.INVALID_CLIENT);
        }
        if (!user.isEnabled()) {
            return Optional.of(Errors.USER_DISABLED);
        }
        if (notBefore(client, user) > record.createdAt()) {
            return Optional.of("user_not_before");
        }
        // Keycloak's grant says so before; nobody says so where no tokens are made
        if (RequiredActions.areLeft(user)) {
            return Optional.of(Errors.RESOLVE_REQUIRED_ACTIONS);
        }
        if (!record.emailUnchanged(user)) {
            return Optional.of(Errors.INVALID_EMAIL);
        }
        if (!record.addressUnchanged(user)) {
            return Optional.of("address_changed");
        }
        return Optional.ofNullable(
                AuthenticatorUtils.getDisabledByBruteForceEventError(
                        session.getProvider(BruteForceProtector.class), session, realm, user));
    }

    private int notBefore(ClientModel client, UserModel user) {
        int ofUser = session.users().getNotBeforeOfUser(realm, user);
        return Math.max(ofUser, Math.max(realm.getNotBefore(), client.getNotBefore()));
    }
}
