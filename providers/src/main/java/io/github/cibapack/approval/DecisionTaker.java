// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Login;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.store.PendingSlots;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Makes a click count, once. */
final class DecisionTaker {
    private static final String ANOTHER_REPORTED = "another_request_reported";
    private static final String ANOTHER_WRONG = "another_number_wrong";

    private final KeycloakSession session;
    private final Outcomes outcomes;
    private final Requests store;

    DecisionTaker(KeycloakSession session) {
        this.session = session;
        this.store = new Requests(session);
        this.outcomes = new Outcomes(session);
    }

    /**
     * Decides a request; does nothing if it has been decided already.
     *
     * @param login the login that the decision rests on, if any
     */
    void take(AuthenticationRequest request, Decision decision, Optional<Login> login) {
        Map<String, String> details = new HashMap<>();
        details.put(CibaEvents.APPROVAL_MODE, login.isPresent() ? "login" : "link");
        if (Browser.of(session).isAnotherThanOf(request)) {
            details.put(CibaEvents.OTHER_DEVICE, "true");
        }
        // last, as the claim cannot be taken back: everything that may fail has happened
        if (outcomes.decide(request, decision, login, details) && decision.blocksTheClient()) {
            followUp(request, decision, login);
        }
    }

    /**
     * What a report or a wrong number does beyond its own request: the client's other requests end
     * and it cannot ask again for a while. Where the user has reported too often for now, a report
     * does neither. Each of these steps is a transaction of its own.
     */
    void followUp(AuthenticationRequest reported, Decision decision, Optional<Login> login) {
        int minutes = reported.terms().reportBlockMinutes();
        String client = reported.clientId();
        String user = reported.userId();
        boolean counts =
                new OwnTransaction(session)
                        .run(own -> new ReportBlocks(own).block(decision, client, user, minutes));
        if (!counts) {
            return;
        }
        Map<String, String> because =
                Map.of(
                        CibaEvents.REASON,
                        decision == Decision.WRONG_NUMBER ? ANOTHER_WRONG : ANOTHER_REPORTED);
        new PendingSlots(session)
                .of(user).stream()
                        .filter(other -> other.clientId().equals(client))
                        .flatMap(other -> store.findIfKnown(other.requestId()).stream())
                        .forEach(other -> outcomes.decide(other, decision, login, because));
    }
}
