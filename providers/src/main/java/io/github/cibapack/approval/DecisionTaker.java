// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.AuditTrail;
import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Makes a click count, once, and writes it down. */
final class DecisionTaker {
    private final KeycloakSession session;

    DecisionTaker(KeycloakSession session) {
        this.session = session;
    }

    /** Decides the ticket's request; does nothing where it has been decided already. */
    void take(Ticket ticket, Decision decision) {
        ClientModel client = session.getContext().getRealm().getClientById(ticket.clientId());
        EventBuilder event =
                AuditTrail.event(
                                session,
                                decision == Decision.APPROVED
                                        ? CibaEvent.APPROVED
                                        : CibaEvent.DENIED)
                        .client(client)
                        .user(ticket.userId())
                        .detail(AuditTrail.AUTH_REQ_ID, ticket.authReqId())
                        .detail(AuditTrail.CHANNEL, "email")
                        .detail(AuditTrail.DECISION, decision.value());
        // last, as the claim cannot be taken back: everything that may fail has happened
        if (new RequestStore(session).decide(ticket.requestId(), decision)) {
            event.success();
        }
    }
}
