// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CorrelationId;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The discovery document of the documented endpoints: the realm's own, whose keys and issuer they
 * share, with these endpoints in it. The issuer is the one that stands in the tokens.
 */
final class AsDiscovery {
    private final KeycloakSession session;
    private final Answers answers;

    AsDiscovery(KeycloakSession session, Answers answers) {
        this.session = session;
        this.answers = answers;
    }

    /**
     * The document.
     *
     * @param provider id of Keycloak's document that it is made from
     */
    Response answer(String provider) {
        if (isHttpsMissing()) {
            return answers.error(
                    Response.Status.FORBIDDEN.getStatusCode(),
                    OAuthErrorException.INVALID_REQUEST,
                    "HTTPS is required.");
        }
        Object document = session.getProvider(WellKnownProvider.class, provider).getConfig();
        return Cors.builder()
                .allowAllOrigins()
                .auth()
                .add(
                        Response.ok(new CibaMetadata(session).putInto(document))
                                .type(MediaType.APPLICATION_JSON_TYPE)
                                .header(CorrelationId.HEADER, answers.correlationId())
                                .header(HttpHeaders.CACHE_CONTROL, "no-cache, must-revalidate"));
    }

    /** Keycloak asks this of every endpoint itself, but not for an extension's. */
    private boolean isHttpsMissing() {
        KeycloakContext context = session.getContext();
        return !"https".equals(context.getUri().getBaseUri().getScheme())
                && context.getRealm().getSslRequired().isRequired(context.getConnection());
    }
}
