// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.links.NeedsNewer;
import io.github.cibapack.text.Texts;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.scope.ParameterizedScopeTypeProvider;
import org.keycloak.protocol.oidc.scope.UsernameScopeType;

/**
 * Whom the parameter of a scope names: a service account by its client's name, a person by the full
 * name, too, where Keycloak lets the reader see it. A full name is its owner's to choose, so it
 * never stands alone.
 */
@NeedsNewer(otherwise = "Whom the parameter of a scope names is shown as the parameter alone.")
final class NamedUser {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel reader;

    NamedUser(KeycloakSession session, UserModel reader) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.reader = reader;
    }

    /** The parameter in words; as it is if it names nobody. */
    String shown(ClientScopeModel scope, String parameter, Texts texts) {
        if (!(type(scope) instanceof UsernameScopeType names)) {
            return parameter;
        }
        return user(parameter)
                .map(
                        user ->
                                client(user)
                                        .map(client -> nameOf(client, texts))
                                        .orElseGet(() -> nameOf(user, names, scope, parameter)))
                .orElse(parameter);
    }

    private ParameterizedScopeTypeProvider type(ClientScopeModel scope) {
        return Optional.ofNullable(scope.getParameterizedScopeType())
                .map(id -> session.getProvider(ParameterizedScopeTypeProvider.class, id))
                .orElse(null);
    }

    /** As Keycloak's type finds the user. */
    private Optional<UserModel> user(String parameter) {
        UserModel named = session.users().getUserByUsername(realm, parameter);
        boolean mayBeAddress = realm.isLoginWithEmailAllowed() && parameter.contains("@");
        return Optional.ofNullable(
                named == null && mayBeAddress
                        ? session.users().getUserByEmail(realm, parameter)
                        : named);
    }

    private Optional<ClientModel> client(UserModel user) {
        return Optional.ofNullable(user.getServiceAccountClientLink()).map(realm::getClientById);
    }

    private static String nameOf(ClientModel client, Texts texts) {
        String name = texts.nameOf(client);
        String id = Texts.name(client.getClientId());
        return name.equals(id) ? id : name + " (" + id + ")";
    }

    private String nameOf(
            UserModel user, UsernameScopeType names, ClientScopeModel scope, String parameter) {
        String full =
                Stream.of(user.getFirstName(), user.getLastName())
                        .filter(Objects::nonNull)
                        .map(Texts::name)
                        .collect(Collectors.joining(" "))
                        .trim();
        return full.isEmpty() || !names.canAccessTargetUser(scope, reader, user)
                ? parameter
                : parameter + " (" + full + ")";
    }
}
