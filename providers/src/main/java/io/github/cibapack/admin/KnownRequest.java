// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.Redemptions;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.NewerEntryException;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A request of this realm that the store still has, for a user and of a client that are there. A
 * request of a decoy user, made to hide which users exist, is not found.
 *
 * @param state where it stands
 * @param outcome how it ended; empty if it is not decided
 */
record KnownRequest(
        AuthenticationRequest request,
        RequestState state,
        Optional<Outcome> outcome,
        ClientModel client,
        UserModel user) {

    /** The request that people know by this id. */
    static Optional<KnownRequest> shownAs(KeycloakSession session, String authReqId) {
        return new Requests(session).shownAs(authReqId).flatMap(request -> of(session, request));
    }

    /** The same for lists: empty, too, if this version does not know the form of what is kept. */
    static Optional<KnownRequest> keptAs(KeycloakSession session, String requestId) {
        try {
            return new Requests(session).find(requestId).flatMap(request -> of(session, request));
        } catch (NewerEntryException e) {
            return Optional.empty();
        }
    }

    private static Optional<KnownRequest> of(
            KeycloakSession session, AuthenticationRequest request) {
        RealmModel realm = session.getContext().getRealm();
        Requests requests = new Requests(session);
        RequestState state = requests.state(request.id());
        ClientModel client = realm.getClientById(request.clientId());
        UserModel user = session.users().getUserById(realm, request.userId());
        if (state == RequestState.UNKNOWN
                || new Redemptions(session).isClaimed(request.id())
                || client == null
                || user == null) {
            return Optional.empty();
        }
        return Optional.of(
                new KnownRequest(
                        request, state, new Outcomes(session).of(request.id()), client, user));
    }

    /** The id that events and mails show. */
    String authReqId() {
        return request.authReqId();
    }

    EventBuilder event(KeycloakSession session, CibaEvent step) {
        return request.describe(CibaEvents.event(session, step), session.getContext().getRealm());
    }
}
