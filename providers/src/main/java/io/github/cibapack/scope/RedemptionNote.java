// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;

/**
 * What a redemption writes down for all tokens that come of it. It stands in the user session,
 * which each redemption makes anew, under the id of the client: Keycloak makes copies of user
 * sessions for one call, with their notes and without their client sessions.
 *
 * @param name of the note
 */
public record RedemptionNote(String name) {

    public void write(ClientSessionContext context, String text) {
        AuthenticatedClientSessionModel client = context.getClientSession();
        client.getUserSession().setNote(key(client), text);
    }

    /**
     * The text.
     *
     * @param client session of the client that gets a token; may be null
     */
    public Optional<String> read(AuthenticatedClientSessionModel client) {
        return Optional.ofNullable(client).map(own -> own.getUserSession().getNote(key(own)));
    }

    /** The text of another client's redemption, if that has made the user session. */
    public Optional<String> readOfAnother(AuthenticatedClientSessionModel client) {
        return client.getUserSession().getNotes().entrySet().stream()
                .filter(note -> note.getKey().startsWith(name + '.'))
                .filter(note -> !note.getKey().equals(key(client)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String key(AuthenticatedClientSessionModel client) {
        return name + '.' + client.getClient().getId();
    }
}
