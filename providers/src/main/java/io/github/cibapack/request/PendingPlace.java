// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.store.PendingSlots.Place;
import io.github.cibapack.store.ReportBlocks;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** A request's place among the pending requests of its user, taken before anything is stored. */
final class PendingPlace {
    private static final PendingSlots.Caps CAPS = new PendingSlots.Caps(5, 3);

    private final KeycloakSession session;

    PendingPlace(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Takes the place.
     *
     * @throws RefusedException where the user has said that the client's requests are not wanted,
     *     or too many are pending
     */
    PendingSlots.Slots take(CIBAAuthenticationRequest request, int expiresIn) {
        String clientId = request.getClient().getId();
        String userId = request.getUser().getId();
        if (new ReportBlocks(session).isBlocked(clientId, userId)) {
            throw refused("reported");
        }
        Place place =
                new PendingSlots(session).take(clientId, userId, request.getId(), expiresIn, CAPS);
        if (place instanceof Place.Held held) {
            return held.slots();
        }
        throw refused(
                place instanceof Place.ClientFull
                        ? "too_many_pending_of_client"
                        : "too_many_pending_of_user");
    }

    /** One sentence for all, so that a client does not learn what others ask or the user said. */
    private static RefusedException refused(String reason) {
        return new RefusedException(
                Refusal.ACCESS_DENIED, "The user cannot be asked at the moment.", reason);
    }
}
