// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.request.AuthenticationRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * A request to be written about, with a link that opens it.
 *
 * @param request the request
 * @param secret of the link
 * @param secondsLeft of the request's life when the message is read
 * @param client who asks
 * @param user the reader
 */
record LinkedRequest(
        AuthenticationRequest request,
        String secret,
        long secondsLeft,
        ClientModel client,
        UserModel user) {

    /** Never prints the secret. */
    @Override
    public String toString() {
        return "LinkedRequest[" + request.authReqId() + "]";
    }
}
