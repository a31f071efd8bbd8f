// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/**
 * The answer to a form that was sent: the decision counts and the page shows it, the page is shown
 * once more, or the form is refused.
 */
final class DecisionSubmission {
    private final KeycloakSession session;
    private final ApprovalPage page;

    DecisionSubmission(KeycloakSession session, ApprovalPage page) {
        this.session = session;
        this.page = page;
    }

    /**
     * Takes the form's decision.
     *
     * @param right what the person who sent it may do at this moment
     */
    Response answer(PageVisit visit, DecisionRight right) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        DecisionForm choice = DecisionForm.of(form, visit.request().terms());
        boolean ownForm = new PageToken(session).isInOwnForm(visit.binding());
        if (!isOpen(visit)) {
            // where all is decided already there is nothing left to refuse
            return page.goTo(visit);
        }
        if (!ownForm || choice instanceof DecisionForm.Nothing) {
            return page.refused(visit);
        }
        return right instanceof DecisionRight.MayDecide may
                ? answer(visit, choice, may)
                : page.goTo(visit);
    }

    private Response answer(PageVisit visit, DecisionForm choice, DecisionRight.MayDecide right) {
        if (choice instanceof DecisionForm.NoNumber) {
            return page.askForANumber(visit);
        }
        if (choice instanceof DecisionForm.Made made) {
            Press press = new Press(session);
            if (!press.counts(visit, made)) {
                return page.askAgain(visit, made, press.marker(visit, made));
            }
            new DecisionTaker(session).take(visit.request(), made.decision(), right.login());
        }
        return page.goTo(visit);
    }

    private boolean isOpen(PageVisit visit) {
        Requests store = new Requests(session);
        return new Outcomes(session).of(visit.request().id()).isEmpty()
                && store.state(visit.request().id()) == RequestState.PENDING;
    }
}
