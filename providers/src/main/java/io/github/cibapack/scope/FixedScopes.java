// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.text.Texts;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.rar.AuthorizationDetails;

/**
 * Scopes are what they are called. Before 26.7 Keycloak has another form of parameters, {@code
 * dynamic-scopes}: who asks for one is refused, as it is not among what is granted.
 */
final class FixedScopes implements ScopeParameters {

    @Override
    public boolean areOn() {
        return false;
    }

    @Override
    public Stream<AuthorizationDetails> consented(
            KeycloakSession session, ClientModel client, String scope) {
        return Stream.empty();
    }

    @Override
    public Stream<AuthorizationDetails> granted(
            KeycloakSession session, ClientModel client, UserModel user, String scope) {
        return Stream.empty();
    }

    @Override
    public Optional<String> parameterOf(AuthorizationDetails entry) {
        return Optional.empty();
    }

    @Override
    public String shown(
            KeycloakSession session,
            AuthorizationDetails entry,
            String parameter,
            UserModel reader,
            Texts texts) {
        return parameter;
    }

    @Override
    public boolean isParameterized(ClientModel client, String name) {
        return false;
    }

    @Override
    public boolean areFoundInConsents() {
        return false;
    }

    @Override
    public boolean isResolvedByClient(ClientModel client, String name) {
        return false;
    }
}
