// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Login;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** Makes a click count, once, and writes it down. */
final class DecisionTaker {
    private static final String ANOTHER_REPORTED = "another_request_reported";
    private static final String ANOTHER_WRONG = "another_number_wrong";

    private final KeycloakSession session;
    private final Requests store;

    DecisionTaker(KeycloakSession session) {
        this.session = session;
        this.store = new Requests(session);
    }

    /**
     * Decides a request; does nothing where it has been decided already.
     *
     * @param login the login that the decision rests on, if any
     */
    void take(AuthenticationRequest request, Decision decision, Optional<Login> login) {
        EventBuilder event =
                event(request, decision)
                        .detail(CibaEvents.APPROVAL_MODE, login.isPresent() ? "login" : "link");
        if (Browser.of(session).isAnotherThanOf(request)) {
            event.detail(CibaEvents.OTHER_DEVICE, "true");
        }
        // last, as the claim cannot be taken back: everything that may fail has happened
        if (store.decideAtOnce(request.id(), decision, login)) {
            write(event, decision);
            Meters.timeToDecide(
                    session.getContext().getRealm().getName(),
                    Duration.ofSeconds(Math.max(0, ServerClock.seconds() - request.createdAt())));
            if (decision.blocksTheClient()) {
                followUp(request, decision, login);
            }
        }
    }

    /** A number that is not the one shown is a failure, whatever the person meant to do. */
    private static void write(EventBuilder event, Decision decision) {
        if (decision == Decision.WRONG_NUMBER) {
            event.error(decision.value());
        } else {
            event.success();
        }
    }

    /**
     * What a report or a wrong number does beyond its own request: the client's other requests end
     * and it cannot ask again for a while. Where the user has reported too often for now, a report
     * does neither. Each of these steps is a transaction of its own.
     */
    void followUp(AuthenticationRequest reported, Decision decision, Optional<Login> login) {
        boolean counts =
                store.blockAtOnce(
                        decision,
                        reported.clientId(),
                        reported.userId(),
                        reported.terms().reportBlockMinutes());
        if (!counts) {
            return;
        }
        for (PendingSlots.Pending other : new PendingSlots(session).of(reported.userId())) {
            if (other.clientId().equals(reported.clientId())
                    && store.decideAtOnce(other.requestId(), decision, login)) {
                write(
                        event(reported, decision)
                                .detail(CibaEvents.AUTH_REQ_ID, RequestIds.shown(other.requestId()))
                                .detail(
                                        CibaEvents.REASON,
                                        decision == Decision.WRONG_NUMBER
                                                ? ANOTHER_WRONG
                                                : ANOTHER_REPORTED),
                        decision);
            }
        }
    }

    private EventBuilder event(AuthenticationRequest request, Decision decision) {
        return request.describe(
                        CibaEvents.event(session, step(decision)), session.getContext().getRealm())
                .detail(CibaEvents.DECISION, decision.value());
    }

    private static CibaEvent step(Decision decision) {
        return switch (decision) {
            case APPROVED -> CibaEvent.APPROVED;
            case REPORTED -> CibaEvent.REPORTED;
            case CANCELLED -> CibaEvent.CANCELLED;
            case CANCELLED_BY_CLIENT -> CibaEvent.CANCELLED_BY_CLIENT;
            case WRONG_NUMBER -> CibaEvent.WRONG_NUMBER;
            case DENIED, UNDELIVERABLE -> CibaEvent.DENIED;
        };
    }
}
