// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.outbound.OutboundAnswer;
import io.github.cibapack.outbound.OutboundClient;
import io.github.cibapack.store.Hashes;
import java.io.IOException;
import java.util.Map;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

/**
 * Fetches the keys of a trusted issuer, from the address in the client's settings and through the
 * guard for outgoing calls. Keycloak's key storage caches them and comes back for an unknown {@code
 * kid}, not more often than it allows.
 */
final class IssuerKeyLoader implements PublicKeyLoader {
    private final OutboundClient outbound;
    private final String jwksUri;

    IssuerKeyLoader(KeycloakSession session, String jwksUri) {
        this.outbound = OutboundClient.of(session);
        this.jwksUri = jwksUri;
    }

    /**
     * Where the keys are cached: apart for each realm, whose rules for outgoing calls may differ.
     */
    static String modelKey(RealmModel realm, String jwksUri) {
        return "ciba.issuer::" + realm.getId() + "::" + Hashes.sha256(jwksUri);
    }

    @Override
    @SuppressWarnings("deprecation") // Keycloak's own signature still asks for JWK.Use
    public PublicKeysWrapper loadKeys() throws Exception {
        OutboundAnswer answer = outbound.get(jwksUri, Map.of("Accept", "application/json"));
        if (!answer.isSuccess()) {
            throw new IOException("The JWKS was answered with status " + answer.status());
        }
        JSONWebKeySet keys = JsonSerialization.readValue(answer.text(), JSONWebKeySet.class);
        return JWKSUtils.getKeyWrappersForUse(keys, JWK.Use.SIG, true);
    }
}
