// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.request.AuthenticationRequest;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** What differs between the endpoints that take requests in, once it is known who is meant. */
interface Dialect {

    /**
     * The request as Keycloak's client policies and channels know it.
     *
     * @param policy as it is for this user
     * @param scope what the user is asked for
     * @param secret of its link
     * @throws CibaErrorException if a client policy refuses it
     */
    CIBAAuthenticationRequest asked(CibaPolicy policy, UserModel user, String scope, String secret);

    /** How an HTTP channel's server knows the user. */
    String info(UserModel user);

    /** For how long the request counts as pending, in seconds. */
    int lifespan(CIBAAuthenticationRequest asked);

    /**
     * Keeps the request.
     *
     * @param secret of its link; empty if nobody gets one
     */
    void open(
            AuthenticationRequest request,
            Optional<String> secret,
            CIBAAuthenticationRequest asked,
            CibaPolicy policy);
}
