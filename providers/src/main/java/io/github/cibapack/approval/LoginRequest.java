// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * What the page's login asks of Keycloak. {@code response_type=none} leaves no code behind. Nonce
 * and code challenge are there because client policies ask for them (FAPI 1.0 Baseline §5.2.2): as
 * there is no code and no ID token, nobody ever looks at them again.
 */
final class LoginRequest {

    /** As many as make a challenge of S256, 43 characters (RFC 7636 §4.2). */
    private static final int CHALLENGE_BYTES = 32;

    /** Values of a client's setting "request object required" that a reference fulfils. */
    private static final Set<String> REFERENCE =
            Set.of(
                    OIDCConfigAttributes.REQUEST_OBJECT_REQUIRED_REQUEST_OR_REQUEST_URI,
                    OIDCConfigAttributes.REQUEST_OBJECT_REQUIRED_REQUEST_URI);

    private final KeycloakSession session;
    private final ClientModel client;

    LoginRequest(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /**
     * The parameters.
     *
     * @param level the level to reach, if one is asked for
     * @param afresh whether the login that the browser may have is too old
     */
    MultivaluedMap<String, String> parameters(
            String state, Optional<String> level, boolean afresh) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.putSingle(OIDCLoginProtocol.CLIENT_ID_PARAM, client.getClientId());
        parameters.putSingle(
                OIDCLoginProtocol.REDIRECT_URI_PARAM,
                PageUris.page(session, LoginRedirect.RETURN_PATH).toString());
        parameters.putSingle(OIDCLoginProtocol.RESPONSE_TYPE_PARAM, "none");
        parameters.putSingle(OIDCLoginProtocol.SCOPE_PARAM, OAuth2Constants.SCOPE_OPENID);
        parameters.putSingle(OIDCLoginProtocol.STATE_PARAM, state);
        parameters.putSingle(OIDCLoginProtocol.NONCE_PARAM, random());
        parameters.putSingle(OIDCLoginProtocol.CODE_CHALLENGE_PARAM, random());
        parameters.putSingle(OIDCLoginProtocol.CODE_CHALLENGE_METHOD_PARAM, challengeMethod());
        level.ifPresent(acr -> parameters.putSingle(OIDCLoginProtocol.ACR_PARAM, acr));
        if (afresh) {
            parameters.putSingle(
                    OIDCLoginProtocol.PROMPT_PARAM, OIDCLoginProtocol.PROMPT_VALUE_LOGIN);
        }
        return parameters;
    }

    private static String random() {
        return Base64Url.encode(SecretGenerator.getInstance().randomBytes(CHALLENGE_BYTES));
    }

    /** S256, unless the client is registered with another one. */
    private String challengeMethod() {
        return Optional.ofNullable(settings().getPkceCodeChallengeMethod())
                .filter(method -> !method.isBlank())
                .orElse(OAuth2Constants.PKCE_METHOD_S256);
    }

    /**
     * Whether the browser must show a reference to the parameters in place of them (RFC 9126 §5):
     * the client is registered so, or a client policy of the realm takes nothing else.
     */
    boolean mustBePushed(MultivaluedMap<String, String> parameters) {
        return session.getContext()
                        .getRealm()
                        .getParPolicy()
                        .isRequirePushedAuthorizationRequests(client)
                || REFERENCE.contains(
                        Optional.ofNullable(settings().getRequestObjectRequired()).orElse(""))
                || isRefusedInTheQuery(parameters);
    }

    private boolean isRefusedInTheQuery(MultivaluedMap<String, String> parameters) {
        try {
            session.clientPolicy()
                    .triggerOnEvent(
                            new PreAuthorizationRequestContext(client.getClientId(), parameters));
            return false;
        } catch (ClientPolicyException e) {
            return true;
        }
    }

    private OIDCAdvancedConfigWrapper settings() {
        return OIDCAdvancedConfigWrapper.fromClientModel(client);
    }
}
