// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.Decision;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/**
 * The answer to the form under an approval: with the protections of a decision, and for those who
 * could have decided.
 */
final class RevocationAnswer {

    /** Below the page of the approval. */
    static final String PATH = "revoke";

    /** The one button of the form. */
    private static final DecisionForm.Made REVOKE =
            new DecisionForm.Made("revoke", "true", Decision.REPORTED);

    private final KeycloakSession session;
    private final ApprovalPage page;

    RevocationAnswer(KeycloakSession session, ApprovalPage page) {
        this.session = session;
        this.page = page;
    }

    /** What the form's token is bound to: a token for a decision revokes nothing. */
    static FormBinding binding(PageVisit visit) {
        return visit.binding().and(PATH);
    }

    /**
     * Revokes the approval.
     *
     * @param right what the person who sent the form may do at this moment
     */
    Response answer(PageVisit visit, DecisionRight right) {
        if (!new PageToken(session).isInOwnForm(binding(visit))) {
            return page.refused(visit);
        }
        if (!(right instanceof DecisionRight.MayDecide may)
                || Press.isBack(session.getContext().getHttpRequest().getDecodedFormParameters())) {
            return page.goTo(visit);
        }
        Press press = new Press(session);
        if (!press.counts(visit, REVOKE)) {
            return page.askAgainToRevoke(visit, REVOKE, press.marker(visit, REVOKE));
        }
        return new Revocation(session).revoke(visit.request(), may.login())
                ? page.goTo(visit)
                : page.notRevoked(visit);
    }
}
