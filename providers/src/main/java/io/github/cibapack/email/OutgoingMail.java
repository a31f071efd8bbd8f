// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.audit.EventDetails;
import java.util.Optional;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A mail to be sent, in plain values: it outlives the session of its request.
 *
 * @param realmId the realm whose mail settings are used
 * @param requestId the request that ends if the mail cannot be delivered
 * @param authReqId the id that events show
 * @param clientId the relying party, for events
 * @param userId the recipient, for events
 * @param correlationId of the HTTP request that caused the mail
 * @param facts of the request, for events
 * @param createdAt the moment of the request, in seconds since the epoch
 * @param expiresAt the moment from which the mail is of no use, in seconds since the epoch
 * @param messageKey makes the {@code Message-ID}: the same for every try
 * @param endsRequest whether a mail that cannot be delivered ends its request; not where users are
 *     hidden, as who has a mailbox exists
 * @param fallback what is tried before that, if there is anything
 * @param address where it goes
 * @param mail what it says
 */
public record OutgoingMail(
        String realmId,
        String requestId,
        String authReqId,
        String clientId,
        String userId,
        String correlationId,
        EventDetails facts,
        long createdAt,
        long expiresAt,
        String messageKey,
        boolean endsRequest,
        Optional<Fallback> fallback,
        String address,
        RenderedMail mail) {

    /** A key for a mail that has not been tried yet. */
    public static String newMessageKey() {
        return KeycloakModelUtils.generateId();
    }

    /** Never prints the address. */
    @Override
    public String toString() {
        return "OutgoingMail[" + authReqId + "]";
    }
}
