// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Ticket;

/**
 * Somebody looks at one request's page.
 *
 * @param ticket what the page is about
 * @param binding what the form's token is bound to: the secret of the link, or the user's session
 * @param path the page's own path, below {@code /realms/{realm}/ciba/}
 */
record Visit(Ticket ticket, String binding, String path) {

    /** By a user who is signed in, from the list of requests. */
    static Visit fromInbox(Ticket ticket, String userSessionId) {
        return new Visit(
                ticket,
                userSessionId + " " + ticket.requestId(),
                InboxResource.PATH + "/" + ticket.authReqId());
    }

    boolean isFromInbox() {
        return path.startsWith(InboxResource.PATH);
    }

    static Visit byLink(Ticket ticket, String secret) {
        return new Visit(ticket, secret, "approve/" + secret);
    }

    /** Never prints the link. */
    @Override
    public String toString() {
        return "Visit[" + ticket.authReqId() + "]";
    }
}
