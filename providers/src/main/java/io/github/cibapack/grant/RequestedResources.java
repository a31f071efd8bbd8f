// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.resource.GrantedResources;
import io.github.cibapack.resource.ResourceIndicators;
import io.github.cibapack.resource.TokenAudience;
import io.github.cibapack.text.UnfitException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The resources of one redemption (RFC 8707 §2.2): a token request may name some of those that were
 * approved. If none were, it may name any that its token would be for anyway.
 */
final class RequestedResources {
    private final KeycloakSession session;
    private final UserModel user;
    private final ClientSessionContext context;

    RequestedResources(KeycloakSession session, UserModel user, ClientSessionContext context) {
        this.session = session;
        this.user = user;
        this.context = context;
    }

    /**
     * Chooses what the token request names. What Keycloak alone has asked is left to its own
     * feature, which knows one resource.
     *
     * @param request what is redeemed
     * @return whether the token may be for it; true if nothing is named
     */
    boolean choose(MultivaluedMap<String, String> form, Optional<AuthenticationRequest> request) {
        List<String> sent = sent(form);
        boolean isKeycloaks = request.filter(asked -> asked.clientHash().isPresent()).isEmpty();
        if (sent.isEmpty() || isKeycloaks || !ResourceIndicators.areSupported()) {
            return sent.size() <= (isKeycloaks ? 1 : 0);
        }
        try {
            ResourceIndicators named = ResourceIndicators.of(sent);
            GrantedResources.choose(context, named);
            return areWithin(form, request) && areInAudience(named);
        } catch (UnfitException e) {
            return false;
        }
    }

    /** Whether all that the token request names was approved; true if no resource was. */
    static boolean areWithin(
            MultivaluedMap<String, String> form, Optional<AuthenticationRequest> request) {
        return request.flatMap(AuthenticationRequest::resources)
                .map(all -> all.uris().containsAll(sent(form)))
                .orElse(true);
    }

    private static List<String> sent(MultivaluedMap<String, String> form) {
        return form.getOrDefault(ResourceIndicators.PARAMETER, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Whether a token can still be for all that was approved. */
    boolean areInAudience(ResourceIndicators resources) {
        return TokenAudience.of(session, user, context)
                .contains(session.getContext().getRealm(), resources);
    }
}
