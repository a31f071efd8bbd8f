// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * What a redemption writes down in its client session for all tokens that come of it.
 *
 * @param name of the note
 */
public record RedemptionNote(String name) {

    public void write(ClientSessionContext context, String text) {
        context.getClientSession().setNote(name, text);
    }

    /**
     * The text. Of an offline session, a token exchange makes a copy for the one call, without its
     * client sessions: then it stands in the session that the copy is of.
     *
     * @param client session of the client that gets a token; may be null
     */
    public Optional<String> read(KeycloakSession session, AuthenticatedClientSessionModel client) {
        return Optional.ofNullable(client)
                .flatMap(own -> note(own).or(() -> original(session, own).flatMap(this::note)));
    }

    private Optional<String> note(AuthenticatedClientSessionModel client) {
        return Optional.ofNullable(client.getNote(name));
    }

    private static Optional<AuthenticatedClientSessionModel> original(
            KeycloakSession session, AuthenticatedClientSessionModel client) {
        UserSessionModel copy = client.getUserSession();
        String kind = copy.getNote(Constants.CREATED_FROM_PERSISTENT);
        if (kind == null) {
            return Optional.empty();
        }
        UserSessionModel original =
                Constants.CREATED_FROM_PERSISTENT_OFFLINE.equals(kind)
                        ? session.sessions().getOfflineUserSession(copy.getRealm(), copy.getId())
                        : session.sessions().getUserSession(copy.getRealm(), copy.getId());
        String clientId = client.getClient().getId();
        return Optional.ofNullable(original)
                .map(found -> found.getAuthenticatedClientSessionByClient(clientId));
    }
}
