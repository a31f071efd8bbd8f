// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.links.NeedsNewer;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorConstants;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorsPostProcessor;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;

/**
 * Makes the approved resources the audience of access tokens. All other tokens are left to
 * Keycloak's feature, where it is on: it knows one resource, of the code or refresh token.
 */
@NeedsNewer(otherwise = "Requests with resource are refused.")
final class ResourceAudience extends ResourceIndicatorsPostProcessor {
    private final KeycloakSession session;

    ResourceAudience(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        new PermissionToken(session, context).narrow();
        ClientSessionContext inSession = context.clientSessionCtx();
        Optional<ResourceIndicators> approved = GrantedResources.of(inSession.getClientSession());
        Optional<ResourceIndicators> chosen = GrantedResources.chosen(inSession);
        if (chosen.isPresent()) {
            narrow(context.accessToken(), chosen.get(), true);
        } else if (approved.isPresent()) {
            Optional<ResourceIndicators> asked = asked(inSession, approved.get());
            narrow(context.accessToken(), asked.orElse(approved.get()), asked.isPresent());
        } else if (Profile.isFeatureEnabled(Profile.Feature.RESOURCE_INDICATORS)) {
            super.process(context);
        }
    }

    /** RFC 8707 §2.2: a refresh may ask for less. */
    private Optional<ResourceIndicators> asked(
            ClientSessionContext context, ResourceIndicators approved) {
        Optional<String> sent =
                Optional.ofNullable(context.getAttribute(OAuth2Constants.RESOURCE, String.class))
                        .or(this::inForm)
                        .filter(Predicate.not(String::isEmpty));
        if (sent.isPresent() && !approved.uris().contains(sent.get())) {
            throw refused(ResourceIndicatorConstants.ERROR_NOT_MATCHING);
        }
        return sent.map(List::of).map(ResourceIndicators::new);
    }

    private Optional<String> inForm() {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        return OAuth2Constants.REFRESH_TOKEN.equals(form.getFirst(OAuth2Constants.GRANT_TYPE))
                ? Optional.ofNullable(form.getFirst(OAuth2Constants.RESOURCE))
                : Optional.empty();
    }

    /**
     * Leaves of the audience what the resources stand for.
     *
     * @param wholly whether each of them must be there, or one is enough
     */
    private void narrow(AccessToken token, ResourceIndicators resources, boolean wholly) {
        ResourceTarget target =
                new ResourceTarget(
                        session.getContext().getRealm(), TokenAudience.of(token).entries());
        List<String> left =
                resources.uris().stream()
                        .flatMap(uri -> target.entry(uri).stream())
                        .distinct()
                        .toList();
        if (left.isEmpty() || (wholly && left.size() < resources.uris().size())) {
            throw refused(ResourceIndicatorConstants.ERROR_INVALID_RESOURCE);
        }
        token.audience(left.toArray(String[]::new));
    }

    private static TokenInterceptorException refused(String sentence) {
        return new TokenInterceptorException(OAuthErrorException.INVALID_TARGET, sentence);
    }
}
