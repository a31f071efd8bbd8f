// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.RequestFacts;
import io.github.cibapack.store.Outcome;
import io.github.cibapack.store.RequestIds;
import io.github.cibapack.store.RequestRecord;
import io.github.cibapack.store.RequestState;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A request of this realm that the store still has, whose user and client exist. A request of a
 * decoy user, made to hide which users exist, is not found.
 *
 * @param record for whom it is
 * @param request where it stands
 * @param ticket what its page needs; empty if another server asks the user
 */
record KnownRequest(
        RequestRecord record,
        OAuth2DeviceCodeModel request,
        Optional<Ticket> ticket,
        Optional<Outcome> outcome,
        ClientModel client,
        UserModel user) {

    /** The request with this id. */
    static Optional<KnownRequest> shownAs(KeycloakSession session, String authReqId) {
        return new RequestStore(session)
                .recordShownAs(authReqId)
                .flatMap(record -> of(session, record));
    }

    /** The request that is kept under this id. */
    static Optional<KnownRequest> keptAs(KeycloakSession session, String requestId) {
        return new RequestStore(session).record(requestId).flatMap(record -> of(session, record));
    }

    private static Optional<KnownRequest> of(KeycloakSession session, RequestRecord record) {
        RealmModel realm = session.getContext().getRealm();
        RequestStore store = new RequestStore(session);
        Optional<OAuth2DeviceCodeModel> request = store.request(record.requestId());
        ClientModel client = realm.getClientById(record.clientId());
        UserModel user = session.users().getUserById(realm, record.userId());
        if (request.isEmpty() || client == null || user == null) {
            return Optional.empty();
        }
        return Optional.of(
                new KnownRequest(
                        record,
                        request.get(),
                        store.ticketOf(record.requestId()),
                        store.outcome(record.requestId()),
                        client,
                        user));
    }

    /** The id that events and mails show. */
    String authReqId() {
        return RequestIds.shown(record.requestId());
    }

    RequestState state() {
        return RequestState.of(request);
    }

    /** An event about it. */
    EventBuilder event(KeycloakSession session, CibaEvent step) {
        EventBuilder event = AuditTrail.event(session, step);
        ticket.map(known -> known.facts(client.getClientId()))
                .orElseGet(
                        () ->
                                new RequestFacts(
                                        client.getClientId(),
                                        record.channel(),
                                        record.policy(),
                                        AuditTrail.fromOutside(request.getScope()),
                                        record.bindingMessage(),
                                        null))
                .addTo(event);
        return event.client(client).user(user).detail(AuditTrail.AUTH_REQ_ID, authReqId());
    }
}
