// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.audit.CallContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * The answer says what its token is for (RFC 9396 §7), after a refresh as well. A filter is live
 * for the whole server, so the first thing it does is to look whether the answer holds tokens.
 */
@Provider
public final class DetailsInAnswer implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof AccessTokenResponse tokens) {
            Optional.ofNullable(KeycloakSessionUtil.getKeycloakSession())
                    .ifPresent(session -> complete(session, tokens));
        }
    }

    /**
     * The same for an answer that leaves after its session has ended.
     *
     * @param session in which the tokens were made
     * @param answer the entity of the answer; anything but tokens stays as it is
     */
    public static void complete(KeycloakSession session, Object answer) {
        if (answer instanceof AccessTokenResponse tokens) {
            CallContext.granted(session)
                    .ifPresent(
                            claim -> tokens.setOtherClaims(AuthorizationDetails.PARAMETER, claim));
        }
    }
}
