// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import java.net.URI;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/**
 * The audiences that a client assertion may have at the {@code as} endpoints, besides those that
 * Keycloak always accepts. Only these endpoints mark the session, so Keycloak's own endpoints never
 * accept them.
 */
public final class DocumentedAudiences {
    private static final List<String> PATHS = List.of("/as", "/as/token", "/as/cibaAuthorization");

    private DocumentedAudiences() {}

    /** An {@code as} endpoint calls this before the client authenticates. */
    public static void accept(KeycloakSession session) {
        session.setAttribute(DocumentedAudiences.class.getName(), true);
    }

    static boolean areAccepted(KeycloakSession session) {
        return Boolean.TRUE.equals(session.getAttribute(DocumentedAudiences.class.getName()));
    }

    /** Whether this is exactly one of them. */
    static boolean contain(String audience, URI baseUri, RealmModel realm) {
        String issuer = Urls.realmIssuer(baseUri, realm.getName());
        return PATHS.stream().map(issuer::concat).anyMatch(audience::equals);
    }
}
