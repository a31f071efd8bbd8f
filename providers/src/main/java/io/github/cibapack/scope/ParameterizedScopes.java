// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.links.NeedsNewer;
import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.text.Texts;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.services.util.AuthorizationContextUtil;

/** Keycloak's feature {@code parameterized-scopes}. */
@NeedsNewer(
        otherwise =
                "Scopes with a parameter are refused, and for clients that require consent scopes"
                        + " that name an organization.")
final class ParameterizedScopes implements ScopeParameters {

    @Override
    public boolean areOn() {
        return Profile.isFeatureEnabled(Profile.Feature.PARAMETERIZED_SCOPES);
    }

    @Override
    public Stream<AuthorizationDetails> consented(
            KeycloakSession session, ClientModel client, String scope) {
        return AuthorizationContextUtil.getAuthorizationRequestsStreamFromScopesWithClient(
                session, client, scope);
    }

    @Override
    public Stream<AuthorizationDetails> granted(
            KeycloakSession session, ClientModel client, UserModel user, String scope) {
        return AuthorizationContextUtil.getAuthorizationRequestContextFromScopes(
                session, client, user, scope)
                .getAuthorizationDetailEntries()
                .stream();
    }

    @Override
    public Optional<String> parameterOf(AuthorizationDetails entry) {
        return Optional.ofNullable(entry.getParameterizedScopeParam());
    }

    @Override
    public String shown(
            KeycloakSession session,
            AuthorizationDetails entry,
            String parameter,
            UserModel reader,
            Texts texts) {
        return ServerLinks.here().have(() -> NamedUser.class)
                ? new NamedUser(session, reader).shown(entry.getClientScope(), parameter, texts)
                : parameter;
    }

    @Override
    public boolean isParameterized(ClientModel client, String name) {
        return areOn()
                && client.getClientScopes(false).values().stream()
                        .anyMatch(scope -> scope.getParameterFromScope(name).isPresent());
    }

    @Override
    public boolean areFoundInConsents() {
        return true;
    }

    @Override
    public boolean isResolvedByClient(ClientModel client, String name) {
        return client.getParameterizedClientScope(name) != null;
    }
}
