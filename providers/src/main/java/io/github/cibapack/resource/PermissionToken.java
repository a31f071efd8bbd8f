// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.links.NeedsNewer;
import io.github.cibapack.scope.GrantedScopes;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * A token that Keycloak makes for one client of what another one may have: with permissions at the
 * API of the other one (UMA 2.0 §3.3.5), or by its first token exchange. It would have the scopes,
 * roles and audience of the other one, and be bound to no key. Of an approval, there is one for an
 * API only that the client's own tokens are for, with no more than these have, and bound as they
 * are.
 */
@NeedsNewer(
        otherwise =
                "A client gets tokens with permissions at an API (UMA) that the user has not"
                        + " approved.")
final class PermissionToken {
    private final KeycloakSession session;
    private final AccessToken token;
    private final AuthenticatedClientSessionModel ofApi;

    PermissionToken(KeycloakSession session, TokenPostProcessorContext context) {
        this.session = session;
        this.token = context.accessToken();
        this.ofApi = context.clientSessionCtx().getClientSession();
    }

    /** Leaves of it what was approved; does nothing to any other token. */
    void narrow() {
        if (!isOfAnother() || !GrantedScopes.areOfAnother(ofApi)) {
            return;
        }
        AccessToken shown =
                Optional.ofNullable(session.getContext().getBearerToken())
                        .filter(AccessToken.class::isInstance)
                        .map(AccessToken.class::cast)
                        .filter(own -> Objects.equals(own.getSessionId(), token.getSessionId()))
                        .filter(this::isForApi)
                        .filter(own -> own.getConfirmation() != null || !mustBeBound(own))
                        .orElseThrow(PermissionToken::refused);
        token.audience(ofApi.getClient().getClientId());
        token.setConfirmation(shown.getConfirmation());
        token.setScope(shown.getScope());
        token.setRealmAccess(shown.getRealmAccess());
        token.setResourceAccess(shown.getResourceAccess());
    }

    /** A mapper of the API may have given the token another {@code azp}. */
    private boolean isOfAnother() {
        return ofApi != null
                && token != null
                && (!ofApi.getClient().getClientId().equals(token.getIssuedFor())
                        || OAuth2Constants.UMA_GRANT_TYPE.equals(
                                session.getContext()
                                        .getHttpRequest()
                                        .getDecodedFormParameters()
                                        .getFirst(OAuth2Constants.GRANT_TYPE)));
    }

    private boolean isForApi(AccessToken shown) {
        String api = ofApi.getClient().getClientId();
        ResourceTarget target = new ResourceTarget(session.getContext().getRealm(), List.of(api));
        return GrantedResources.ofAnother(ofApi)
                .map(all -> all.uris().stream().anyMatch(uri -> target.entry(uri).isPresent()))
                .orElseGet(() -> shown.hasAudience(api));
    }

    /** An ID token, which can be shown as well, is bound to nothing. */
    private boolean mustBeBound(AccessToken shown) {
        ClientModel client =
                session.getContext().getRealm().getClientByClientId(shown.getIssuedFor());
        OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
        return config.isUseMtlsHokToken() || config.isUseDPoP();
    }

    /** An answer, as Keycloak takes an interceptor's refusal for a failure at this grant. */
    private static CorsErrorResponseException refused() {
        return new CorsErrorResponseException(
                Cors.builder().auth().allowedMethods("POST"),
                OAuthErrorException.INVALID_TARGET,
                "The user has not approved a token for this API.",
                Response.Status.BAD_REQUEST);
    }
}
