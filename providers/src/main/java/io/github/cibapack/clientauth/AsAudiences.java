// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import java.net.URI;
import java.util.List;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/**
 * What a client assertion may name as its audience at the {@code as} endpoints, besides what
 * Keycloak accepts everywhere. Keycloak's own endpoints accept none of them.
 */
final class AsAudiences {
    private static final List<String> PATHS =
            List.of("/as", "/as/token", "/as/cibaAuthorization", "/as/cancel", "/as/status");

    private AsAudiences() {}

    /** Whether this is one of them, to the letter. */
    static boolean contain(String audience, URI baseUri, RealmModel realm) {
        String issuer = Urls.realmIssuer(baseUri, realm.getName());
        return PATHS.stream().map(issuer::concat).anyMatch(audience::equals);
    }
}
