// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.clientauth.SentCredentials;
import io.github.cibapack.policy.PublicClient;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.AbstractCibaEndpoint;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Authenticates a relying party exactly as Keycloak's endpoint does: transport, realm, client
 * authentication, CIBA grant. Only its answers are those of the {@code as} endpoint.
 */
public final class ClientAuthentication extends AbstractCibaEndpoint {

    /** For one call; what is refused is no event of this one. */
    public ClientAuthentication(KeycloakSession session, EventBuilder event) {
        super(session, event);
    }

    /**
     * The authenticated client. Call it once in a request: a client assertion is good for one use.
     *
     * @throws CibaErrorException if the client is not who it says or may not use CIBA
     */
    public ClientModel authenticate() {
        SentCredentials.faultOf(session)
                .ifPresent(
                        fault -> {
                            throw unreadable(fault);
                        });
        ClientModel client;
        try {
            client = authenticateClient();
        } catch (WebApplicationException e) {
            throw refusal(e.getResponse());
        }
        if (client.isPublicClient()) {
            throw publicClient();
        }
        return client;
    }

    private CibaErrorException refusal(Response response) {
        ClientModel client = session.getContext().getClient();
        if (client != null && client.isPublicClient()) {
            return publicClient();
        }
        String error =
                response.getEntity() instanceof OAuth2ErrorRepresentation representation
                        ? representation.getError()
                        : OAuthErrorException.INVALID_CLIENT;
        if (OAuthErrorException.INVALID_GRANT.equals(error)) {
            return new CibaErrorException(
                    CibaError.UNAUTHORIZED_CLIENT,
                    "The client is not allowed to use the CIBA grant.",
                    "ciba_grant_not_enabled");
        }
        if (response.getStatus() == Response.Status.FORBIDDEN.getStatusCode()) {
            return forbidden();
        }
        return notAuthenticated();
    }

    private static CibaErrorException unreadable(SentCredentials.Fault fault) {
        return fault == SentCredentials.Fault.CREDENTIALS
                ? notAuthenticated()
                : new CibaErrorException(
                        CibaError.INVALID_DPOP_PROOF,
                        SentCredentials.UNREADABLE_PROOF,
                        "unreadable_dpop_proof");
    }

    static CibaErrorException notAuthenticated() {
        return new CibaErrorException(
                CibaError.INVALID_CLIENT,
                "Client authentication failed.",
                "client_authentication_failed");
    }

    /**
     * Keycloak refuses two things with 403: a realm that is switched off, and HTTP if HTTPS is due.
     */
    private CibaErrorException forbidden() {
        return realm.isEnabled()
                ? new CibaErrorException(
                        CibaError.ACCESS_DENIED, "HTTPS is required.", "https_required")
                : new CibaErrorException(
                        CibaError.ACCESS_DENIED, "The realm is not enabled.", "realm_disabled");
    }

    static CibaErrorException publicClient() {
        return new CibaErrorException(
                CibaError.INVALID_CLIENT, PublicClient.SENTENCE, PublicClient.REASON);
    }
}
