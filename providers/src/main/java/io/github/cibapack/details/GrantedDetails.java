// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.links.ServerLinks;
import io.github.cibapack.scope.RedemptionNote;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;

/**
 * What a user has approved, kept for as long as the session of the redemption: all its tokens, and
 * those of its refresh tokens, hold the same details, and never more.
 */
public final class GrantedDetails {
    /** Not Keycloak's own note, which the processors of its other flows read. */
    private static final RedemptionNote NOTE = new RedemptionNote("ciba.authorization_details");

    private GrantedDetails() {}

    /** Whether this server can put them into tokens; if it cannot, they are refused. */
    public static boolean areSupported() {
        return ServerLinks.here().have(() -> DetailsInTokens.class);
    }

    /** Keeps the details of the request that is being redeemed. */
    public static void remember(ClientSessionContext context, AuthorizationDetails details) {
        NOTE.write(context, details.json());
    }

    static Optional<AuthorizationDetails> of(AuthenticatedClientSessionModel client) {
        return NOTE.read(client).map(AuthorizationDetails::accepted);
    }
}
