// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.AuthenticationRequest;

/**
 * Somebody looks at one request's page.
 *
 * @param request what the page is about
 * @param binding of its forms
 * @param path the page's own path, below {@code /realms/{realm}/ciba/}
 */
record PageVisit(AuthenticationRequest request, FormBinding binding, String path) {

    /** By a user who is signed in, from the list of requests. */
    static PageVisit fromInbox(AuthenticationRequest request, FormBinding toSession) {
        return new PageVisit(
                request,
                toSession.and(request.id()),
                InboxResource.PATH + "/" + request.authReqId());
    }

    boolean isFromInbox() {
        return path.startsWith(InboxResource.PATH);
    }

    static PageVisit byLink(AuthenticationRequest request, String secret) {
        return new PageVisit(request, FormBinding.toLink(secret), "approve/" + secret);
    }

    /** Never prints the link. */
    @Override
    public String toString() {
        return "PageVisit[" + request.authReqId() + "]";
    }
}
