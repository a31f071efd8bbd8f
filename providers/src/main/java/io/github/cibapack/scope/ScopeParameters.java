// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.text.Texts;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.rar.AuthorizationDetails;

/**
 * What this server knows of scopes that take a parameter. By itself nothing: scopes are what they
 * are called. Before 26.7 Keycloak has another form of parameters, {@code dynamic-scopes}: who asks
 * for one is refused, as it is not among what is granted.
 */
interface ScopeParameters {

    /** What there is on this server. */
    static ScopeParameters here() {
        return ServerLinks.here().have(() -> ParameterizedScopes.class)
                ? new ParameterizedScopes()
                : new ScopeParameters() {};
    }

    /** Whether scopes take parameters. The next two are asked only where they do. */
    default boolean areOn() {
        return false;
    }

    /** The entries of a scope parameter, as the consent screen has them. */
    default Stream<AuthorizationDetails> consented(
            KeycloakSession session, ClientModel client, String scope) {
        return Stream.empty();
    }

    /** The entries of a scope parameter that a user's token is made of. */
    default Stream<AuthorizationDetails> granted(
            KeycloakSession session, ClientModel client, UserModel user, String scope) {
        return Stream.empty();
    }

    /** The parameter that an entry was asked for with; empty if there is none. */
    default Optional<String> parameterOf(AuthorizationDetails entry) {
        return Optional.empty();
    }

    /** The same in words, for somebody: the users or clients that it names by their names. */
    default String shown(
            KeycloakSession session,
            AuthorizationDetails entry,
            String parameter,
            UserModel reader,
            Texts texts) {
        return parameter;
    }

    /** Whether the name of a requested scope has a parameter in it. */
    default boolean isParameterized(ClientModel client, String name) {
        return false;
    }

    /**
     * Whether Keycloak finds the consent to a scope that names an organization. Until 26.7 it
     * compared objects which are never equal.
     */
    default boolean areFoundInConsents() {
        return false;
    }

    /** Whether a provider of the client's own resolves the scope. */
    default boolean isResolvedByClient(ClientModel client, String name) {
        return false;
    }
}
