// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.receipt;

import io.github.cibapack.jwt.RealmKeys;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;

/** Signs receipts with the realm's active key, which is published with the realm's others. */
public final class ReceiptSigner {
    private final KeycloakSession session;

    public ReceiptSigner(KeycloakSession session) {
        this.session = session;
    }

    /**
     * A receipt.
     *
     * @param type of the JWT (RFC 8725 §3.11)
     */
    public String sign(String type, JsonWebToken claims) {
        KeyWrapper key = new RealmKeys(session).active();
        return new JWSBuilder()
                .type(type)
                .kid(key.getKid())
                .jsonContent(claims)
                .sign(
                        session.getProvider(SignatureProvider.class, key.getAlgorithmOrDefault())
                                .signer(key));
    }
}
