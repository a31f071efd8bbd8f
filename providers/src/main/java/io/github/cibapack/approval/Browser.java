// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.CallerAddress;
import io.github.cibapack.request.AuthenticationRequest;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.models.KeycloakSession;

/**
 * The browser that has opened the page.
 *
 * @param address its IP address, as Keycloak sees it
 * @param userAgent what it calls itself; may be null
 */
record Browser(String address, String userAgent) {

    static Browser of(KeycloakSession session) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        return new Browser(
                CallerAddress.of(session), headers.getHeaderString(HttpHeaders.USER_AGENT));
    }

    /** Whether the relying party says that the request began elsewhere. */
    boolean isAnotherThanOf(AuthenticationRequest request) {
        return request.context().differsFrom(address, userAgent);
    }
}
