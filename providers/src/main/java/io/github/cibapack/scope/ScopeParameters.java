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

/** What this server knows of scopes that take a parameter. */
interface ScopeParameters {

    /** What there is on this server. */
    static ScopeParameters here() {
        return ServerLinks.here().have(ParameterizedScopes.class)
                ? new ParameterizedScopes()
                : new FixedScopes();
    }

    /** Whether scopes take parameters. The next two are asked only where they do. */
    boolean areOn();

    /** The entries of a scope parameter, as the consent screen has them. */
    Stream<AuthorizationDetails> consented(
            KeycloakSession session, ClientModel client, String scope);

    /** The entries of a scope parameter that a user's token is made of. */
    Stream<AuthorizationDetails> granted(
            KeycloakSession session, ClientModel client, UserModel user, String scope);

    /** The parameter that an entry was asked for with; empty if there is none. */
    Optional<String> parameterOf(AuthorizationDetails entry);

    /** The same in words, for somebody: the users or clients that it names by their names. */
    String shown(
            KeycloakSession session,
            AuthorizationDetails entry,
            String parameter,
            UserModel reader,
            Texts texts);

    /** Whether the name of a requested scope has a parameter in it. */
    boolean isParameterized(ClientModel client, String name);

    /**
     * Whether Keycloak finds the consent to a scope that names an organization. Until 26.7 it
     * compared objects which are never equal.
     */
    boolean areFoundInConsents();

    /** Whether a provider of the client's own resolves the scope. */
    boolean isResolvedByClient(ClientModel client, String name);
}
