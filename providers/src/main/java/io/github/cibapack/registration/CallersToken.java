// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.links.NeedsNewer;
import java.util.Optional;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;

/** Reads the token of who registers a client before Keycloak does. */
@NeedsNewer(
        otherwise =
                "An admin who calls dynamic registration does not set attributes 'ciba.*' there.")
final class CallersToken {
    private CallersToken() {}

    /** Empty if there is none. */
    static Optional<AccessToken> of(ClientRegistrationAuth auth) {
        auth.resolveRegistrationAuth();
        return Optional.ofNullable(auth.getJwt());
    }
}
