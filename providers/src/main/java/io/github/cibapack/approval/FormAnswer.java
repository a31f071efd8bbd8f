// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestStore;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The answer to a form that was sent: the decision counts and the page shows it, or is refused. */
final class FormAnswer {
    private final KeycloakSession session;
    private final ApprovalPage page;

    FormAnswer(KeycloakSession session, ApprovalPage page) {
        this.session = session;
        this.page = page;
    }

    /**
     * Takes the form's decision.
     *
     * @param standing of the person who sent it, at this moment
     */
    Response answer(Visit visit, Standing standing) {
        Optional<Decision> decision =
                Choice.of(
                        session.getContext().getHttpRequest().getDecodedFormParameters(),
                        visit.ticket().terms());
        boolean ownForm =
                SameOrigin.isFulfilled(session)
                        && new PageToken(session).isPresent(visit.binding());
        if (decision.isEmpty() || !ownForm) {
            // where all is decided already there is nothing left to refuse
            return isDecided(visit) ? page.goTo(visit) : page.refused(visit);
        }
        if (standing instanceof Standing.MayDecide may) {
            new DecisionTaker(session).take(visit.ticket(), decision.get(), may.login());
        }
        return page.goTo(visit);
    }

    private boolean isDecided(Visit visit) {
        return new RequestStore(session).outcome(visit.ticket().requestId()).isPresent();
    }
}
