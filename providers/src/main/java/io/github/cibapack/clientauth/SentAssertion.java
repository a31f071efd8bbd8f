// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import io.github.cibapack.jwt.ForeignJwt;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;

/** The {@code client_assertion} of a call (RFC 7523 §2.2), before an authenticator reads it. */
public final class SentAssertion {
    private SentAssertion() {}

    /** Whether there is no assertion, or one that libraries and logs may read. */
    public static boolean isReadable(KeycloakSession session) {
        List<String> sent =
                session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .get(OAuth2Constants.CLIENT_ASSERTION);
        return sent == null || sent.stream().allMatch(jwt -> ForeignJwt.faultOf(jwt).isEmpty());
    }
}
