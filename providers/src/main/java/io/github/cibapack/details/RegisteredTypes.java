// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.text.UnfitException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

/**
 * The types of authorization details that are registered on client scopes: a client may ask for
 * those of its own scopes, default and optional.
 */
public final class RegisteredTypes {
    /** Attribute of a client scope: types, with blanks, commas or ## between them. */
    public static final String ATTRIBUTE = "authorization_details.types";

    private static final Pattern BETWEEN = Pattern.compile("##|[\\s,]+");

    private RegisteredTypes() {}

    /** Those that a client may ask for. */
    public static Set<String> of(ClientModel client) {
        return types(scopes(client));
    }

    /** Those that a scope registers. */
    static Set<String> of(ClientScopeModel scope) {
        return types(Stream.of(scope));
    }

    /** The scopes whose types a client may ask for. */
    static Stream<ClientScopeModel> scopes(ClientModel client) {
        return Stream.concat(
                client.getClientScopes(true).values().stream(),
                client.getClientScopes(false).values().stream());
    }

    /** Those of a realm, for its discovery documents. */
    public static Set<String> of(RealmModel realm) {
        return types(realm.getClientScopesStream());
    }

    /**
     * Refuses a type that the client may not ask for.
     *
     * @throws UnfitException names the parameter, not the types of others
     */
    public static void require(AuthorizationDetails details, ClientModel client)
            throws UnfitException {
        if (!areRegistered(details, client)) {
            throw new UnfitException(
                    "The authorization_details have a type that is not registered for this"
                            + " client.",
                    "authorization_details_type");
        }
    }

    /** Whether the client may ask for all of it. */
    public static boolean areRegistered(AuthorizationDetails details, ClientModel client) {
        return of(client).containsAll(details.types());
    }

    private static Set<String> types(Stream<ClientScopeModel> scopes) {
        return scopes.flatMap(scope -> Optional.ofNullable(scope.getAttribute(ATTRIBUTE)).stream())
                .flatMap(BETWEEN::splitAsStream)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
