// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.models.KeycloakSession;

/** The {@code jti}s of signed requests that have been used, on any node (CIBA Core §7.1.1). */
public final class SignedRequestIds {
    private final KeycloakSession session;

    public SignedRequestIds(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Uses an id.
     *
     * @param clientId internal id of the client: two clients may choose the same id
     * @param lifespan seconds for which the signed request could be shown again
     * @return whether this is the first use
     */
    public boolean use(String clientId, String jti, long lifespan) {
        String key = "ciba.jti." + clientId + "." + Hashes.sha256(jti);
        return session.singleUseObjects().putIfAbsent(key, lifespan);
    }
}
