// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.Channel;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.LoginClient;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** Sends nothing: the user finds the request in the list of requests, and must sign in for that. */
final class InboxChannel implements Way {
    private final KeycloakSession session;
    private final Tickets tickets;
    private final TermsOfPolicy terms;

    InboxChannel(KeycloakSession session, CibaPolicy policy) {
        this.session = session;
        this.tickets = new Tickets(session, policy);
        this.terms = new TermsOfPolicy(session, policy);
    }

    @Override
    public Channel channel() {
        return Channel.INBOX;
    }

    @Override
    public void requireUsable(CIBAAuthenticationRequest request) {
        if (LoginClient.of(session.getContext().getRealm()).isEmpty()) {
            throw new UnreachableException(Unreachable.NO_INBOX);
        }
        terms.requireFeasible();
        terms.requireReady(request.getUser(), true);
    }

    @Override
    public void ask(CIBAAuthenticationRequest request, String info) {
        // the secret opens a page, and nobody gets it
        new RequestStore(session).keep(tickets.of(request, Channel.INBOX), Ticket.newSecret());
    }
}
