// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.text.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationScope;
import org.keycloak.protocol.oidc.TokenManager;

/** Which organizations of a user a scope is about; the client is in the context. */
final class OrganizationNames {
    private final KeycloakSession session;
    private final UserModel user;

    OrganizationNames(KeycloakSession session, UserModel user) {
        this.session = session;
        this.user = user;
    }

    /**
     * Their names, as the token would have them now.
     *
     * @param scope an entry of the consent list
     * @param asked the scope parameter
     * @return empty if the scope is about none
     */
    List<String> of(ClientScopeModel scope, String asked) {
        if (!Profile.isFeatureEnabled(Profile.Feature.ORGANIZATION) || !hasMapper(scope)) {
            return List.of();
        }
        List<String> requested =
                TokenManager.parseScopeParameter(asked)
                        .filter(name -> isFor(name, scope.getName()))
                        .toList();
        return (requested.isEmpty() ? Stream.of(scope.getName()) : requested.stream())
                .flatMap(this::organizations)
                .map(this::nameOf)
                .distinct()
                .sorted()
                .toList();
    }

    /** By which Keycloak tells such a scope, after a longer search. */
    private static boolean hasMapper(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .map(ProtocolMapperModel::getProtocolMapper)
                .anyMatch(OrganizationMembershipMapper.PROVIDER_ID::equals);
    }

    private static boolean isFor(String requested, String name) {
        return requested.equals(name)
                || requested.startsWith(name + ClientScopeModel.VALUE_SEPARATOR);
    }

    private Stream<OrganizationModel> organizations(String name) {
        return Optional.ofNullable(OrganizationScope.valueOfScope(session, name)).stream()
                .flatMap(kind -> kind.resolveOrganizations(user, name, session));
    }

    private String nameOf(OrganizationModel organization) {
        return Texts.shown(organization.getName())
                .orElseGet(() -> Texts.name(organization.getAlias()));
    }
}
