// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Client assertions that have been used, each kept until it could not be used any more. Only hashes
 * are kept, and one {@code putIfAbsent} finds the one request on all nodes that may use it.
 */
public final class UsedAssertions {
    private final KeycloakSession session;

    public UsedAssertions(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Uses an assertion.
     *
     * @param id its {@code jti}, which is the client's to choose
     * @param seconds for how long it has to be remembered
     * @return whether this is its first use
     */
    public boolean use(ClientModel client, String id, long seconds) {
        String key = "ciba-assertion:" + Hashes.sha256(client.getId() + ':' + id);
        return session.singleUseObjects().putIfAbsent(key, seconds);
    }
}
