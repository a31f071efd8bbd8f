// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CorrelationId;
import io.github.cibapack.policy.LoginClient;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.cors.Cors;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The discovery document of the {@code as} endpoints: the realm's own, whose keys and issuer they
 * share, with these endpoints in it. The issuer is the one that stands in the tokens.
 */
final class AsDiscovery {
    private final KeycloakSession session;
    private final AsResponses answers;

    AsDiscovery(KeycloakSession session, AsResponses answers) {
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
                        Response.ok(described(document))
                                .type(MediaType.APPLICATION_JSON_TYPE)
                                .header(CorrelationId.HEADER, answers.correlationId())
                                .header(HttpHeaders.CACHE_CONTROL, "no-cache, must-revalidate"));
    }

    /** Without levels that no approval can come to or nobody can ask for, which Keycloak lists. */
    private OIDCConfigurationRepresentation described(Object document) {
        OIDCConfigurationRepresentation config = new CibaMetadata(session).putInto(document);
        List<String> acrs = LoginClient.reachableAcrs(session.getContext().getRealm());
        config.setAcrValuesSupported(acrs.isEmpty() ? null : acrs);
        return config;
    }

    /** Keycloak asks this of every endpoint itself, but not for an extension's. */
    private boolean isHttpsMissing() {
        KeycloakContext context = session.getContext();
        return !"https".equals(context.getUri().getBaseUri().getScheme())
                && context.getRealm().getSslRequired().isRequired(context.getConnection());
    }
}
