// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.scope.ClientInContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointQueryStringParser;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether the realm's client policies would let the login of the page through, asked without a
 * browser. Some profiles want what only a client with a key of its own can give: a signed request.
 */
public final class LoginTrial {
    private static final String STATE = "trial";

    private final KeycloakSession session;

    public LoginTrial(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Asks.
     *
     * @param client the one that people sign in through
     * @return why the login would be refused, in Keycloak's words; empty if it would not be
     */
    public Optional<String> refusal(ClientModel client) {
        if (OIDCConfigAttributes.REQUEST_OBJECT_REQUIRED_REQUEST.equals(
                OIDCAdvancedConfigWrapper.fromClientModel(client).getRequestObjectRequired())) {
            return Optional.of("Client is required to use 'request' parameter.");
        }
        return new ClientInContext(session, client).call(() -> judged(client));
    }

    private Optional<String> judged(ClientModel client) {
        LoginRequest login = new LoginRequest(session, client);
        MultivaluedMap<String, String> asked = login.parameters(STATE, Optional.empty(), false);
        AuthorizationEndpointRequest request = new AuthorizationEndpointRequest();
        new AuthzEndpointQueryStringParser(session, asked, true).parseRequest(request);
        try {
            session.clientPolicy()
                    .triggerOnEvent(
                            new AuthorizationRequestContext(
                                    OIDCResponseType.parse(request.getResponseType()),
                                    request,
                                    asked.getFirst(OAuth2Constants.REDIRECT_URI),
                                    login.mustBePushed(asked) ? reference(client) : asked,
                                    sessionOf(client)));
            return Optional.empty();
        } catch (ClientPolicyException e) {
            return Optional.of(e.getErrorDetail());
        }
    }

    private static MultivaluedMap<String, String> reference(ClientModel client) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.putSingle(OIDCLoginProtocol.CLIENT_ID_PARAM, client.getClientId());
        parameters.putSingle(
                OIDCLoginProtocol.REQUEST_URI_PARAM, ParEndpoint.REQUEST_URI_PREFIX + STATE);
        return parameters;
    }

    /** A login session that knows its client and keeps nothing. */
    private AuthenticationSessionModel sessionOf(ClientModel client) {
        return (AuthenticationSessionModel)
                Proxy.newProxyInstance(
                        LoginTrial.class.getClassLoader(),
                        new Class<?>[] {AuthenticationSessionModel.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getClient" -> client;
                                    case "getRealm" -> session.getContext().getRealm();
                                    default -> null;
                                });
    }
}
