// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

/**
 * Who sent the request, as its access token says.
 *
 * @param userId internal id of the user
 * @param subject claim {@code sub}
 * @param clientId claim {@code azp}
 * @param hint the claim that identifies the user who is asked; never logged
 */
record Caller(String userId, String subject, String clientId, String hint) {

    /** Never prints the hint. */
    @Override
    public String toString() {
        return "Caller[" + userId + ", " + clientId + "]";
    }
}
