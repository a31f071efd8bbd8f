// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.scope.RedemptionNote;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;

/**
 * The resources that a user has approved, kept for as long as the session of the redemption: its
 * access tokens are for these, those of its refresh tokens too, and for no other (RFC 8707 §2.2).
 */
public final class GrantedResources {
    /** Not in a refresh token, where Keycloak's feature keeps the one that it knows. */
    private static final RedemptionNote NOTE = new RedemptionNote("ciba.resource_indicators");

    /** What of it the token of this answer is asked for. */
    private static final String CHOSEN = "ciba.resource_indicators_chosen";

    private GrantedResources() {}

    /** Keeps the resources of the request that is being redeemed. */
    public static void remember(ClientSessionContext context, ResourceIndicators resources) {
        NOTE.write(context, resources.serialized());
    }

    /** Makes the token of this answer one for some of them alone. */
    public static void choose(ClientSessionContext context, ResourceIndicators resources) {
        context.setAttribute(CHOSEN, resources);
    }

    /** Whether an approval of resources has made the session. */
    public static boolean areIn(AuthenticatedClientSessionModel client) {
        return of(client).isPresent();
    }

    static Optional<ResourceIndicators> of(AuthenticatedClientSessionModel client) {
        return NOTE.read(client).map(ResourceIndicators::accepted);
    }

    /** Those of the approval for another client that has made the user session. */
    static Optional<ResourceIndicators> ofAnother(AuthenticatedClientSessionModel client) {
        return NOTE.readOfAnother(client).map(ResourceIndicators::accepted);
    }

    static Optional<ResourceIndicators> chosen(ClientSessionContext context) {
        return Optional.ofNullable(context.getAttribute(CHOSEN, ResourceIndicators.class));
    }
}
