// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.store.ReplayCache;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.client.ClientAssertionState;
import org.keycloak.authentication.authenticators.client.ClientAuthUtil;
import org.keycloak.representations.JsonWebToken;

/**
 * Allows each assertion once, at any endpoint. Keycloak remembers a {@code jti} for the client's
 * maximum age, a minute by default. The {@code as} endpoints accept older assertions, so all
 * endpoints remember it here for as long as any of them could accept it.
 */
final class SingleUse {

    /** Keycloak grants 15 seconds of clock skew after {@code exp}, and before {@code iat}. */
    private static final int SKEW_SECONDS = 30;

    private SingleUse() {}

    /** Call it after Keycloak's authentication, whatever its result. */
    static void require(ClientAuthenticationFlowContext context) {
        if (context.getStatus() != FlowStatus.SUCCESS || !ServerLinks.here().areComplete()) {
            return;
        }
        switch (use(context)) {
            case FIRST -> {}
            case REPEATED -> refuse(context, "Token reuse detected");
            case TOO_MANY ->
                    refuse(context, "Too many tokens with a long life are in use: shorten it");
        }
    }

    private static void refuse(ClientAuthenticationFlowContext context, String description) {
        context.failure(
                AuthenticationFlowError.INVALID_CLIENT_CREDENTIALS,
                ClientAuthUtil.errorResponse(
                        Response.Status.BAD_REQUEST.getStatusCode(),
                        OAuthErrorException.INVALID_CLIENT,
                        description));
    }

    private static ReplayCache.Use use(ClientAuthenticationFlowContext context) {
        JsonWebToken assertion = state(context).getToken();
        long ahead = assertion.getExp() - ServerClock.seconds();
        long seconds =
                Math.max(0, Math.min(ahead, AsAssertionRules.MAX_SECONDS_AHEAD)) + SKEW_SECONDS;
        return new ReplayCache(context.getSession())
                .first(
                        ReplayCache.Kind.CLIENT_ASSERTION,
                        context.getClient().getId(),
                        assertion.getId(),
                        seconds);
    }

    private static ClientAssertionState state(ClientAuthenticationFlowContext context) {
        try {
            return context.getState(ClientAssertionState.class, ClientAssertionState.supplier());
        } catch (Exception e) {
            throw new IllegalStateException("authenticated without an assertion", e);
        }
    }
}
