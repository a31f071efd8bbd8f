// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/**
 * The answer to the form under an approval: with the protections of a decision, and for those who
 * could have decided.
 */
final class RevocationAnswer {

    /** Below the page of the approval. */
    static final String PATH = "revoke";

    private final KeycloakSession session;
    private final ApprovalPage page;

    RevocationAnswer(KeycloakSession session, ApprovalPage page) {
        this.session = session;
        this.page = page;
    }

    /** What the form's token is bound to: a token for a decision revokes nothing. */
    static String binding(Visit visit) {
        return visit.binding() + " " + PATH;
    }

    /**
     * Revokes the approval.
     *
     * @param standing of the person who sent the form, at this moment
     */
    Response answer(Visit visit, Standing standing) {
        if (!SameOrigin.isFulfilled(session) || !new PageToken(session).isPresent(binding(visit))) {
            return page.refused(visit);
        }
        if (standing instanceof Standing.MayDecide may
                && !new Revocation(session).revoke(visit.ticket(), may.login())) {
            return page.notRevoked(visit);
        }
        return page.goTo(visit);
    }
}
