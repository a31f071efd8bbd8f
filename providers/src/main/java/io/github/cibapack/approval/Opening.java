// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Writes down that a link was opened: the first time only, as mail scanners open links again and
 * again. Whether a person or a scanner was first, nobody can tell.
 */
final class Opening {
    private Opening() {}

    static void record(KeycloakSession session, Ticket ticket) {
        if (!new RequestStore(session).isFirstOpening(ticket)) {
            return;
        }
        ClientModel client = session.getContext().getRealm().getClientById(ticket.clientId());
        ticket.facts(client == null ? null : client.getClientId())
                .addTo(AuditTrail.event(session, CibaEvent.OPENED))
                .client(client)
                .user(ticket.userId())
                .detail(AuditTrail.AUTH_REQ_ID, ticket.authReqId())
                .success();
    }
}
