// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationScope;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.rar.AuthorizationDetails;

/**
 * Checks before the user is asked whether Keycloak will grant the requested scopes, so that nobody
 * approves a scope that is then missing in the token. There are two steps, because the second one
 * reveals something about the user.
 */
public final class RequestedScopes {

    /** RFC 6749 §3.3, as Keycloak applies it to scope names. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private final KeycloakSession session;
    private final ClientModel client;
    private final ScopeParameters parameters = ScopeParameters.here();

    public RequestedScopes(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /** Whether the client may ask for these scopes, for any user. */
    public boolean areKnown(String scope) {
        return names(scope).allMatch(name -> TOKEN.matcher(name).matches())
                && inContext(
                        () ->
                                TokenManager.isValidScope(
                                                session,
                                                without(scope, this::isParameterized),
                                                client,
                                                null)
                                        && names(scope).noneMatch(this::isLostInConsent));
    }

    /**
     * Whether this user would get all of them. Not granted are: a parameter that Keycloak does not
     * allow for the user, an organization that the user is not a member of, a scope whose roles the
     * user does not have, offline access without its role.
     */
    public boolean areGrantedTo(UserModel user, String scope) {
        String asked = without(scope, String::isEmpty);
        return inContext(
                () ->
                        TokenManager.isValidScope(session, asked, client, user)
                                && names(asked).noneMatch(this::isLostInConsent)
                                && missing(user, asked).isEmpty()
                                && isOfflineAccessAllowed(user, asked));
    }

    /**
     * The scopes without {@code offline_access} if the client or user may not have an offline
     * token: the {@code as} endpoint then ignores it, as RFC 6749 §3.3 allows.
     */
    public String withoutVainOfflineAccess(UserModel user, String scope) {
        return OIDCAdvancedConfigWrapper.fromClientModel(client).isUseRefreshToken()
                        && inContext(() -> isOfflineAccessAllowed(user, scope))
                ? scope
                : without(scope, OAuth2Constants.OFFLINE_ACCESS::equals);
    }

    /**
     * The part of the scope parameter that can be checked without a user.
     *
     * @return never blank: {@code openid} if nothing else is left
     */
    public String independentOfUsers(String scope) {
        String rest =
                inContext(
                        () ->
                                without(
                                        scope,
                                        name -> isParameterized(name) || isOrganization(name)));
        return rest.isBlank() ? OAuth2Constants.SCOPE_OPENID : rest;
    }

    /**
     * All that the user is asked for under a scope parameter: requested and default scopes by name,
     * with their parameters. It is another text once the client has been given others.
     */
    String asked(UserModel user, String scope) {
        return inContext(
                () ->
                        resolved(user, scope)
                                // the client itself, which may have any name, or none
                                .filter(entry -> !(entry.getClientScope() instanceof ClientModel))
                                .map(RequestedScopes::nameOf)
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(" ")));
    }

    private Set<String> missing(UserModel user, String scope) {
        Set<String> missing = names(scope).collect(Collectors.toCollection(HashSet::new));
        missing.remove(OAuth2Constants.SCOPE_OPENID);
        if (missing.isEmpty()) {
            return missing;
        }
        granted(user, scope).map(RequestedScopes::nameOf).forEach(missing::remove);
        // Keycloak ignores these for all users, so that switching organizations off breaks no
        // client
        missing.removeIf(name -> isOrganization(name) && !areOrganizationsOn());
        // a client's own scope provider decides about its scopes
        missing.removeIf(name -> parameters.isResolvedByClient(client, name));
        return missing;
    }

    /** The scopes of which the user's token would be made. */
    private Stream<AuthorizationDetails> granted(UserModel user, String scope) {
        return resolved(user, scope).filter(entry -> isPermitted(user, entry.getClientScope()));
    }

    private Stream<AuthorizationDetails> resolved(UserModel user, String scope) {
        return parameters.areOn()
                ? parameters.granted(session, client, user, scope)
                : TokenManager.getRequestedClientScopes(session, scope, client, user)
                        .map(AuthorizationDetails::new);
    }

    /** The scope name with its parameter, if it has one. */
    private static String nameOf(AuthorizationDetails entry) {
        return entry.getAuthorizationDetails() == null
                ? entry.getClientScope().getName()
                : entry.getAuthorizationDetails().getScopeNameFromCustomData();
    }

    /** As {@code DefaultClientSessionContext} permits a scope when it makes a token. */
    private static boolean isPermitted(UserModel user, ClientScopeModel scope) {
        if (scope instanceof ClientModel) {
            return true;
        }
        Set<RoleModel> roles = scope.getScopeMappingsStream().collect(Collectors.toSet());
        if (roles.isEmpty()) {
            return true;
        }
        Set<RoleModel> enough = RoleUtils.expandCompositeRoles(roles);
        return RoleUtils.getDeepUserRoleMappings(user).stream().anyMatch(enough::contains);
    }

    /** As {@code UserSessionManager} asks: without the role Keycloak makes no tokens at all. */
    private boolean isOfflineAccessAllowed(UserModel user, String scope) {
        if (names(scope).noneMatch(OAuth2Constants.OFFLINE_ACCESS::equals)) {
            return true;
        }
        RoleModel role = client.getRealm().getRole(Constants.OFFLINE_ACCESS_ROLE);
        return role != null
                && TokenManager.getAccess(
                                user,
                                client,
                                granted(user, scope).map(AuthorizationDetails::getClientScope))
                        .contains(role);
    }

    private boolean isParameterized(String name) {
        return parameters.isParameterized(client, name);
    }

    private boolean isOrganization(String name) {
        return Profile.isFeatureEnabled(Profile.Feature.ORGANIZATION)
                && OrganizationScope.valueOfScope(session, name) != null;
    }

    /**
     * Whether Keycloak, which looks for the consent to a scope when it makes tokens, would not find
     * the one that the user has just given.
     */
    private boolean isLostInConsent(String name) {
        int end = name.indexOf(ClientScopeModel.VALUE_SEPARATOR);
        return end > 0
                && client.isConsentRequired()
                && !parameters.areFoundInConsents()
                && isOrganization(name)
                && isOnConsentScreen(name.substring(0, end));
    }

    private boolean isOnConsentScreen(String name) {
        return Stream.of(client.getClientScopes(true), client.getClientScopes(false))
                .map(scopes -> scopes.get(name))
                .filter(Objects::nonNull)
                .anyMatch(ClientScopeModel::isDisplayOnConsentScreen);
    }

    private boolean areOrganizationsOn() {
        OrganizationProvider organizations = Organizations.getProvider(session);
        return organizations != null && organizations.isEnabled();
    }

    private static String without(String scope, Predicate<String> taken) {
        return names(scope).filter(taken.negate()).collect(Collectors.joining(" "));
    }

    private static Stream<String> names(String scope) {
        return TokenManager.parseScopeParameter(scope).filter(name -> !name.isEmpty());
    }

    private <T> T inContext(Supplier<T> work) {
        return new ClientInContext(session, client).call(work);
    }
}
