// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.protocol.oidc.TokenManager;

/**
 * The scopes that a user has approved, kept for as long as the session of the redemption: no token
 * of it has others, but for default scopes that nobody is asked for: those are the client's of the
 * moment.
 */
public final class GrantedScopes {
    private static final RedemptionNote NOTE = new RedemptionNote("ciba.granted_scopes");

    private GrantedScopes() {}

    /** Keeps the scopes of the request that is being redeemed. */
    public static void remember(ClientSessionContext context) {
        NOTE.write(context, context.getScopeString(true));
    }

    /** Whether an approval for another client has made the user session. */
    public static boolean areOfAnother(AuthenticatedClientSessionModel client) {
        return NOTE.readOfAnother(client).isPresent();
    }

    /** Whether a token would have no others; true in a session that no approval has made. */
    static boolean include(ClientSessionContext context) {
        return NOTE.read(context.getClientSession())
                .map(approved -> beyond(approved, context).isEmpty())
                .orElse(true);
    }

    private static Set<String> beyond(String approved, ClientSessionContext context) {
        Set<String> names = new TreeSet<>(names(context.getScopeString(true)));
        names.removeAll(Set.copyOf(names(approved)));
        context.getClientSession().getClient().getClientScopes(true).values().stream()
                .filter(scope -> !scope.isDisplayOnConsentScreen())
                .map(ClientScopeModel::getName)
                .forEach(names::remove);
        return names;
    }

    private static List<String> names(String scope) {
        return TokenManager.parseScopeParameter(scope).filter(name -> !name.isEmpty()).toList();
    }
}
