// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.RequestEvent;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;

/**
 * Writes Keycloak's events of what happens to a request. The event of a start and of a redemption
 * is that of the call, which may still be refused: it is written there.
 */
final class EventWriter {

    void write(RequestEvent event) {
        if (event instanceof RequestEvent.Delivered delivered) {
            inBackground(event, CibaEvent.SENT)
                    .detail(CibaEvents.TRIES, Integer.toString(delivered.tries()))
                    .success();
        } else if (event instanceof RequestEvent.Opened) {
            inCall(event, CibaEvent.OPENED).success();
        } else if (event instanceof RequestEvent.Decided decided) {
            write(decided);
        } else if (event instanceof RequestEvent.Expired) {
            inBackground(event, CibaEvent.EXPIRED)
                    .detail(CibaEvents.REASON, "nobody_decided")
                    // the session is for this alone, and commits
                    .storeImmediately(false)
                    .error(Errors.EXPIRED_CODE);
        } else if (event instanceof RequestEvent.Revoked revoked) {
            inCall(event, CibaEvent.REVOKED)
                    .detail(
                            CibaEvents.APPROVAL_MODE,
                            revoked.login().isPresent() ? "login" : "link")
                    .detail(CibaEvents.DECISION, CibaEvent.REVOKED.detail())
                    .detail(CibaEvents.REASON, revoked.result().value())
                    .error("approval_revoked");
        }
    }

    /** A number that is not the one shown is a failure, whatever the person meant to do. */
    private static void write(RequestEvent.Decided decided) {
        Decision decision = decided.outcome().decision();
        if (decision == Decision.UNDELIVERABLE) {
            // the event of the mail tells why
            return;
        }
        EventBuilder event =
                inCall(decided, step(decision)).detail(CibaEvents.DECISION, decision.value());
        decided.details().forEach(event::detail);
        switch (decision) {
            case APPROVED, DENIED, REPORTED -> event.success();
            default -> event.error(decision.value());
        }
    }

    private static CibaEvent step(Decision decision) {
        return CibaEvent.of(decision.value()).orElseThrow();
    }

    private static EventBuilder inCall(RequestEvent event, CibaEvent step) {
        return event.request().describe(CibaEvents.event(event.session(), step), realm(event));
    }

    private static EventBuilder inBackground(RequestEvent event, CibaEvent step) {
        AuthenticationRequest request = event.request();
        RealmModel realm = realm(event);
        return request.describe(CibaEvents.backgroundEvent(event.session(), realm, step), realm)
                .detail(CibaEvents.CORRELATION_ID, request.correlationId());
    }

    private static RealmModel realm(RequestEvent event) {
        return event.session().getContext().getRealm();
    }
}
