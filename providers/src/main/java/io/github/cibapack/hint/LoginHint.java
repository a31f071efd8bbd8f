// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * Finds the one user whom a {@code login_hint} (CIBA Core §7.1) names. A verified e-mail address
 * wins over somebody else's username that looks like it; two users that still match are nobody,
 * never a guess.
 */
final class LoginHint {
    private final UserProvider users;
    private final RealmModel realm;

    LoginHint(KeycloakSession session) {
        this.users = session.users();
        this.realm = session.getContext().getRealm();
    }

    /** The user, or null where the hint names nobody or more than one. */
    UserModel resolve(String hint) {
        String wanted = hint.strip();
        // no name or address holds a control character, and not every database takes one
        if (wanted.isEmpty() || wanted.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        List<UserModel> byEmail = byEmail(wanted);
        List<UserModel> verified = byEmail.stream().filter(UserModel::isEmailVerified).toList();
        if (!verified.isEmpty()) {
            return verified.size() == 1 ? verified.get(0) : null;
        }
        UserModel byUsername = users.getUserByUsername(realm, wanted);
        if (byEmail.isEmpty()) {
            return byUsername;
        }
        UserModel unverified = byEmail.get(0);
        boolean one = byEmail.size() == 1 && (byUsername == null || byUsername.equals(unverified));
        return one ? unverified : null;
    }

    private List<UserModel> byEmail(String address) {
        if (!address.contains("@")) {
            return List.of();
        }
        if (!realm.isDuplicateEmailsAllowed()) {
            UserModel user = users.getUserByEmail(realm, address);
            return user == null ? List.of() : List.of(user);
        }
        return users.searchForUserStream(
                        realm,
                        Map.of(UserModel.EMAIL, address, UserModel.EXACT, "true"),
                        null,
                        null)
                .filter(user -> address.equalsIgnoreCase(user.getEmail()))
                .toList();
    }
}
