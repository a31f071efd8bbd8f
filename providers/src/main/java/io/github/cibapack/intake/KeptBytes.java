// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.text.HeapBytes;
import java.util.Objects;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/** How many bytes the store keeps of what a relying party has sent, at most. */
final class KeptBytes {

    /** Of the scope: in Keycloak's device code and in the request. */
    private static final int COPIES = 2;

    /**
     * A request at Keycloak's own endpoint is kept once more, encrypted, where it ends in a ping.
     */
    private static final int PINGED = 3;

    private KeptBytes() {}

    static long of(CIBAAuthenticationRequest request) {
        long scope = size(request.getScope());
        long message = size(request.getBindingMessage());
        long acr = size(request.getAcrValues());
        // the context, and what Keycloak's own endpoint keeps of parameters that it does not know
        long others = request.getOtherClaims().values().stream().mapToLong(KeptBytes::size).sum();
        long once = scope + message + acr + others;
        long token = size(request.getClientNotificationToken());
        return COPIES * scope + message + acr + others + (token == 0 ? 0 : token + PINGED * once);
    }

    private static long size(Object value) {
        return HeapBytes.of(Objects.toString(value, ""));
    }
}
