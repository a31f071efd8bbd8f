// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.AuthenticationRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * Somebody looks at one request's page.
 *
 * @param request what the page is about
 * @param binding of its forms
 * @param path the page's own path, below {@code /realms/{realm}/ciba/}
 */
record PageVisit(AuthenticationRequest request, FormBinding binding, String path) {

    /** By a user who is signed in, from the list of requests. */
    static PageVisit fromInbox(
            KeycloakSession session, AuthenticationRequest request, UserSessionModel userSession) {
        return new PageVisit(
                request,
                // relying parties find the session's id in tokens
                FormBinding.ofRealm(session, userSession.getId()).and(request.id()),
                InboxResource.PATH + "/" + request.authReqId());
    }

    boolean isFromInbox() {
        return path.startsWith(InboxResource.PATH);
    }

    /** By a link. If that alone is not enough to decide, it makes no text of the form either. */
    static PageVisit byLink(KeycloakSession session, AuthenticationRequest request, String secret) {
        return new PageVisit(
                request,
                request.terms().login()
                        ? FormBinding.ofRealm(session, secret)
                        : FormBinding.toLink(secret),
                "approve/" + secret);
    }

    /** Never prints the link. */
    @Override
    public String toString() {
        return "PageVisit[" + request.authReqId() + "]";
    }
}
