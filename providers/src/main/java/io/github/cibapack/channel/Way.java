// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.policy.Channel;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** One way to reach a user. */
interface Way {
    Channel channel();

    /**
     * Checks all that can be known before anything is stored.
     *
     * @throws UnreachableException if the user cannot be reached this way
     */
    void requireUsable(CIBAAuthenticationRequest request);

    /**
     * Asks the user; to be called after {@link #requireUsable}.
     *
     * @param info how an HTTP channel's server knows the user
     * @throws UnreachableException if the user cannot be reached this way after all; nothing has
     *     been stored then
     */
    void ask(CIBAAuthenticationRequest request, String info);
}
