// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.text.Texts;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What a gateway tells of the one request that it holds back: who has sent it, by the access token,
 * and to which API.
 *
 * @param api host of the API, as the gateway reports it
 * @param clientId the client id of the application that has sent the request
 * @param userId internal id of the user for whom it has sent it
 */
public record OneTimeUse(String api, String clientId, String userId) {
    private static final String API = "once.api";
    private static final String CLIENT = "once.client";
    private static final String USER = "once.user";

    /**
     * The variables of texts about it.
     *
     * @param asked internal id of the user who is asked: another one than the application's own
     *     user is told whose the application is
     */
    public Map<String, String> variables(KeycloakSession session, Texts texts, String asked) {
        return Map.of("apiName", Texts.name(api), "callerName", caller(session, texts, asked));
    }

    private String caller(KeycloakSession session, Texts texts, String asked) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientByClientId(clientId);
        String application = client == null ? Texts.name(clientId) : texts.nameOf(client);
        UserModel user = userId.equals(asked) ? null : session.users().getUserById(realm, userId);
        return user == null
                ? application
                : application + " (" + Texts.name(user.getUsername()) + ")";
    }

    /** For the entry of the request. */
    public Map<String, String> toNotes() {
        return Map.of(API, api, CLIENT, clientId, USER, userId);
    }

    /** What {@link #toNotes} has written; empty if there is none. */
    public static Optional<OneTimeUse> of(Map<String, String> notes) {
        return Optional.ofNullable(notes.get(API))
                .map(api -> new OneTimeUse(api, notes.get(CLIENT), notes.get(USER)));
    }
}
