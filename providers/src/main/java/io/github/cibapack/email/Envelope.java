// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

/**
 * A mail on its way: plain values only, as nothing of the request's session outlives it.
 *
 * @param realmId the realm whose mail settings are used
 * @param requestId the request that ends if the mail cannot be delivered
 * @param authReqId the id that events show
 * @param clientId the relying party, for events
 * @param userId the recipient, for events
 * @param correlationId of the HTTP request that caused the mail
 * @param address where it goes
 * @param mail what it says
 */
public record Envelope(
        String realmId,
        String requestId,
        String authReqId,
        String clientId,
        String userId,
        String correlationId,
        String address,
        RenderedMail mail) {

    /** Never prints the address. */
    @Override
    public String toString() {
        return "Envelope[" + authReqId + "]";
    }
}
