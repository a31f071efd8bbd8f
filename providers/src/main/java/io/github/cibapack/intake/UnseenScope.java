// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.scope.RequestedScopes;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * What of a scope depends on users, kept from Keycloak's own endpoint where users are hidden: it
 * refuses a parameter or an organization before anybody else is asked, in words that would tell who
 * exists. Keycloak judges the rest, and the whole is judged when nobody can stand in for the user.
 */
final class UnseenScope {
    private final KeycloakSession session;
    private String whole;
    private String seen;

    /** Puts the whole scope back where Keycloak's client policies find it. */
    private Runnable restore = () -> {};

    UnseenScope(KeycloakSession session) {
        this.session = session;
    }

    /** Of plain parameters. */
    void takeOut(ClientModel client, MultivaluedMap<String, String> form) {
        List<String> sent = form.get(OAuth2Constants.SCOPE);
        if (sent == null || sent.size() != 1) {
            return;
        }
        keep(client, sent.get(0));
        form.putSingle(OAuth2Constants.SCOPE, seen);
        restore = () -> form.putSingle(OAuth2Constants.SCOPE, whole);
    }

    /** Of the claims of a signed request. */
    void takeOut(ClientModel client, ObjectNode claims) {
        if (!claims.path(OAuth2Constants.SCOPE).isTextual()) {
            return;
        }
        keep(client, claims.path(OAuth2Constants.SCOPE).textValue());
        claims.put(OAuth2Constants.SCOPE, seen);
        restore = () -> claims.put(OAuth2Constants.SCOPE, whole);
    }

    private void keep(ClientModel client, String scope) {
        whole = scope;
        seen = new RequestedScopes(session, client).independentOfUsers(scope);
    }

    /**
     * Makes the request one for the whole scope again, with what Keycloak has added to it.
     *
     * @return the scope as it was sent; empty if it was left alone
     * @throws CibaErrorException if no user could grant it to the client
     */
    Optional<String> putBack(CIBAAuthenticationRequest request) {
        if (whole == null) {
            return Optional.empty();
        }
        if (!new RequestedScopes(session, request.getClient()).areKnown(whole)) {
            throw CibaErrorException.unknownScope();
        }
        restore.run();
        request.setScope(whole + request.getScope().substring(seen.length()));
        return Optional.of(whole);
    }
}
