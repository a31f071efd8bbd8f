// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.request.AuthenticationRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A request on its way to the user.
 *
 * @param request the request
 * @param asked the same as Keycloak's channels know it
 * @param secret of the link that opens it
 * @param info how an HTTP channel's server knows the user
 */
public record OutgoingRequest(
        AuthenticationRequest request,
        CIBAAuthenticationRequest asked,
        String secret,
        String info) {
    ClientModel client() {
        return asked.getClient();
    }

    UserModel user() {
        return asked.getUser();
    }

    /** Never prints the secret. */
    @Override
    public String toString() {
        return "OutgoingRequest[" + request.authReqId() + "]";
    }
}
