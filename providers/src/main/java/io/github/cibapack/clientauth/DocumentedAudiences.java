// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import java.net.URI;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/**
 * What a client assertion may name as its audience at the documented endpoints, besides what
 * Keycloak accepts everywhere. A session is marked by these endpoints alone, so Keycloak's own
 * never accept one of them.
 */
public final class DocumentedAudiences {
    private static final List<String> PATHS = List.of("/as", "/as/token", "/as/cibaAuthorization");

    private DocumentedAudiences() {}

    /** To be called by a documented endpoint before the client authenticates. */
    public static void accept(KeycloakSession session) {
        session.setAttribute(DocumentedAudiences.class.getName(), true);
    }

    static boolean areAccepted(KeycloakSession session) {
        return Boolean.TRUE.equals(session.getAttribute(DocumentedAudiences.class.getName()));
    }

    /** Whether this is one of them, to the letter. */
    static boolean contain(String audience, URI baseUri, RealmModel realm) {
        String issuer = Urls.realmIssuer(baseUri, realm.getName());
        return PATHS.stream().map(issuer::concat).anyMatch(audience::equals);
    }
}
