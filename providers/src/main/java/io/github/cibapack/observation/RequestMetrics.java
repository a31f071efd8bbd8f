// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.audit.PolicyFacts;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.RequestEvent;
import io.github.cibapack.time.ServerClock;
import java.time.Duration;

/** Counts what happens to requests, and what is refused or fails. */
final class RequestMetrics {
    private static final String ACCEPTED = "accepted";

    void count(RequestEvent event) {
        String realm = event.session().getContext().getRealm().getName();
        if (event instanceof RequestEvent.Accepted) {
            Meters.request(realm, ACCEPTED);
            countVariant(realm, event, ACCEPTED);
        } else if (event instanceof RequestEvent.Delivered) {
            Meters.message(realm, event.request().channel(), "sent");
            Meters.timeToSend(realm, age(event.request()));
        } else if (event instanceof RequestEvent.Decided decided) {
            count(realm, decided);
        } else if (event instanceof RequestEvent.Expired) {
            Meters.request(realm, CibaEvent.EXPIRED.detail());
            countVariant(realm, event, CibaEvent.EXPIRED.detail());
        } else if (event instanceof RequestEvent.Redeemed) {
            Meters.redemption(realm, CibaEvent.REDEEMED.detail());
        } else if (event instanceof RequestEvent.Revoked) {
            Meters.decision(realm, CibaEvent.REVOKED.detail());
        }
    }

    private static void count(String realm, RequestEvent.Decided decided) {
        Decision decision = decided.outcome().decision();
        if (decision.isResponse()) {
            Meters.decision(realm, decision.value());
            Meters.timeToDecide(realm, age(decided.request()));
            countVariant(realm, decided, decision.value());
        } else if (decision != Decision.UNDELIVERABLE) {
            Meters.request(realm, decision.value());
        }
    }

    private static void countVariant(String realm, RequestEvent event, String outcome) {
        event.request().policy().ifPresent(policy -> countVariant(realm, policy, outcome));
    }

    private static void countVariant(String realm, PolicyFacts policy, String outcome) {
        policy.variant()
                .ifPresent(variant -> Meters.variant(realm, policy.name(), variant, outcome));
    }

    private static Duration age(AuthenticationRequest request) {
        return Duration.ofSeconds(Math.max(0, ServerClock.seconds() - request.createdAt()));
    }

    /**
     * What becomes of no request, or of its message, is known from Keycloak's event alone.
     *
     * @param channel the one that has failed, if one has
     */
    void count(String realm, CibaEvent step, String channel) {
        switch (step) {
            case REFUSED, THROTTLED, REPEATED -> Meters.request(realm, step.detail());
            case SEND_FAILED, REROUTED -> Meters.message(realm, channel, "failed");
            case REDEMPTION_REFUSED -> Meters.redemption(realm, "refused");
            default -> {
                // an event of a request, or nothing to count
            }
        }
    }
}
