// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.followup;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.HeldBackEvent;
import io.github.cibapack.grant.TokenRequestChecks;
import io.github.cibapack.intake.CibaErrorException;
import io.github.cibapack.intake.ClientAuthentication;
import io.github.cibapack.intake.SentParameters;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.util.DPoPUtil;

/**
 * A call about a request that its caller has started: the client authenticates, and shows the key
 * or certificate that its tokens are bound to, as at a poll. Only then is anything told of it.
 */
final class OwnRequest {
    private OwnRequest() {}

    /**
     * The request that a form names.
     *
     * @return empty if it is unknown, redeemed, another client's, or was not started at the {@code
     *     as} endpoint: nobody learns which
     * @throws CibaErrorException if the client is not authenticated or the form is not sound
     * @throws WebApplicationException if a check of Keycloak's refuses the call
     */
    static Optional<OAuth2DeviceCodeModel> of(
            KeycloakSession session, MultivaluedMap<String, String> form) {
        HeldBackEvent event = HeldBackEvent.ofCall(session);
        try {
            return of(session, form, event);
        } catch (CibaErrorException e) {
            event.detail(CibaEvents.REASON, e.reason());
            event.refused(e.error().code());
            throw e;
        } catch (WebApplicationException e) {
            event.refused(
                    e.getResponse().getEntity() instanceof OAuth2ErrorRepresentation said
                            ? said.getError()
                            : Errors.INVALID_REQUEST);
            throw e;
        }
    }

    private static Optional<OAuth2DeviceCodeModel> of(
            KeycloakSession session, MultivaluedMap<String, String> form, HeldBackEvent event) {
        ClientModel client = new ClientAuthentication(session, event).authenticate();
        SentParameters.dropEmpty(form);
        SentParameters.requireNoneTwice(form);
        String authReqId = form.getFirst(CibaGrantType.AUTH_REQ_ID);
        if (authReqId == null) {
            throw CibaErrorException.invalid(
                    "The auth_req_id parameter is required.", "no_auth_req_id");
        }
        Optional<OAuth2DeviceCodeModel> own = new Requests(session).deviceCodeOf(client, authReqId);
        requireKey(session, client, own, form, event);
        return own;
    }

    /** Before anything is told of the request, whatever its state (RFC 8705 §3, RFC 9449 §5). */
    private static void requireKey(
            KeycloakSession session,
            ClientModel client,
            Optional<OAuth2DeviceCodeModel> own,
            MultivaluedMap<String, String> form,
            HeldBackEvent event) {
        OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
        Cors cors = Cors.builder().auth().allowedMethods("POST");
        try {
            DPoPUtil.handleDPoPHeader(session, event, cors, config);
        } catch (CorsErrorResponseException e) {
            // RFC 9449 §5
            throw new CorsErrorResponseException(
                    cors,
                    Errors.INVALID_DPOP_PROOF,
                    e.getErrorDescription(),
                    Response.Status.BAD_REQUEST);
        }
        new TokenRequestChecks(
                        session, config, session.getContext().getHttpRequest(), form, event, cors)
                .requireAll(TokenRequestChecks.asked(client, own));
    }
}
