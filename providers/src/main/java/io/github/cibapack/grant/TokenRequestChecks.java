// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenRequestContext;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * What Keycloak asks of a token request, asked before a poll is told anything: the realm's client
 * policies, and the certificate of a client whose tokens are bound to one (RFC 8705 §3). Keycloak's
 * grant triggers the policies itself, so they are triggered here only for a poll that ends here; a
 * DPoP proof has been judged by its token endpoint by then (RFC 9449 §5).
 */
public final class TokenRequestChecks {
    private static final String MISSING = "Client Certification missing for MTLS HoK Token Binding";

    private final KeycloakSession session;
    private final OIDCAdvancedConfigWrapper clientConfig;
    private final HttpRequest httpRequest;
    private final MultivaluedMap<String, String> form;
    private final EventBuilder event;
    private final Cors cors;

    public TokenRequestChecks(
            KeycloakSession session,
            OIDCAdvancedConfigWrapper clientConfig,
            HttpRequest httpRequest,
            MultivaluedMap<String, String> form,
            EventBuilder event,
            Cors cors) {
        this.session = session;
        this.clientConfig = clientConfig;
        this.httpRequest = httpRequest;
        this.form = form;
        this.event = event;
        this.cors = cors;
    }

    /**
     * What client policies are shown of a request: all that is known without another look-up.
     *
     * @param own the request, if it is the client's
     */
    public static CIBAAuthenticationRequest asked(
            ClientModel client, Optional<OAuth2DeviceCodeModel> own) {
        CIBAAuthenticationRequest asked = new CIBAAuthenticationRequest();
        asked.issuedFor(client.getClientId());
        asked.setClient(client);
        asked.setScope(own.map(OAuth2DeviceCodeModel::getScope).orElse(""));
        return asked;
    }

    /**
     * For a poll that the policies have let pass.
     *
     * @throws CorsErrorResponseException where a certificate is needed and there is none
     */
    void requireCertificate() {
        if (isCertificateMissing()) {
            throw refusedWithoutCertificate();
        }
    }

    /**
     * For a poll that Keycloak's grant will answer. Keycloak looks for the certificate when the
     * approval has been used up; asked here before, a poll without one costs nothing. The policies
     * have the first word, as in {@link #requireAll}, so that the error does not tell the state.
     *
     * @throws CorsErrorResponseException where a certificate is needed and there is none
     */
    void requireCertificate(CIBAAuthenticationRequest request) {
        if (isCertificateMissing()) {
            requirePolicies(request);
            throw refusedWithoutCertificate();
        }
    }

    /**
     * For a call that Keycloak's grant will not see.
     *
     * @throws CorsErrorResponseException as Keycloak's grant throws it
     */
    public void requireAll(CIBAAuthenticationRequest request) {
        requirePolicies(request);
        requireCertificate();
    }

    private boolean isCertificateMissing() {
        return clientConfig.isUseMtlsHokToken()
                && MtlsHoKTokenUtil.bindTokenWithClientCertificate(httpRequest, session) == null;
    }

    private CorsErrorResponseException refusedWithoutCertificate() {
        event.detail(Details.REASON, MISSING).error(Errors.INVALID_REQUEST);
        return new CorsErrorResponseException(
                cors, OAuthErrorException.INVALID_REQUEST, MISSING, Response.Status.BAD_REQUEST);
    }

    private void requirePolicies(CIBAAuthenticationRequest request) {
        try {
            session.clientPolicy()
                    .triggerOnEvent(new BackchannelTokenRequestContext(request, form));
        } catch (ClientPolicyException e) {
            event.detail(Details.REASON, Details.CLIENT_POLICY_ERROR)
                    .detail(Details.CLIENT_POLICY_ERROR, e.getError())
                    .detail(Details.CLIENT_POLICY_ERROR_DETAIL, e.getErrorDetail())
                    .error(e.getError());
            throw new CorsErrorResponseException(
                    cors,
                    OAuthErrorException.INVALID_GRANT,
                    e.getErrorDetail(),
                    Response.Status.BAD_REQUEST);
        }
    }
}
