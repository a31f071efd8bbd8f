// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * A client whose tokens are bound to a certificate (RFC 8705 §3) must show one. Keycloak looks for
 * it when the approval has been used up; asked here before, a poll without one costs nothing.
 */
final class CertificateBinding {
    private static final String MISSING = "Client Certification missing for MTLS HoK Token Binding";

    private final KeycloakSession session;
    private final EventBuilder event;
    private final Cors cors;

    CertificateBinding(KeycloakSession session, EventBuilder event, Cors cors) {
        this.session = session;
        this.event = event;
        this.cors = cors;
    }

    /**
     * Lets the request through, or answers as Keycloak does later.
     *
     * @throws CorsErrorResponseException where a certificate is needed and there is none
     */
    void requirePossible(OIDCAdvancedConfigWrapper client, HttpRequest request) {
        if (client.isUseMtlsHokToken()
                && MtlsHoKTokenUtil.bindTokenWithClientCertificate(request, session) == null) {
            event.detail(Details.REASON, MISSING).error(Errors.INVALID_REQUEST);
            throw new CorsErrorResponseException(
                    cors,
                    OAuthErrorException.INVALID_REQUEST,
                    MISSING,
                    Response.Status.BAD_REQUEST);
        }
    }
}
