// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.registration;

import io.github.cibapack.links.NeedsNewer;
import jakarta.ws.rs.core.Response;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProvider;

/** Keycloak's answers that browsers of other origins may read. */
@NeedsNewer(otherwise = "Dynamic registration gives no answers to browsers (CORS).")
final class BrowserAnswers {
    private BrowserAnswers() {}

    static Response preflight(OIDCClientRegistrationProvider keycloaks) {
        return keycloaks.preflight();
    }

    static Response preflightClient(OIDCClientRegistrationProvider keycloaks) {
        return keycloaks.preflightClient();
    }

    static Response delete(OIDCClientRegistrationProvider keycloaks, String clientId) {
        return keycloaks.deleteOIDC(clientId);
    }
}
