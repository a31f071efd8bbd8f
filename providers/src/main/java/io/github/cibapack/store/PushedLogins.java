// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;

/**
 * Authorization requests that wait for their browser, kept as Keycloak's endpoint for pushed
 * requests keeps them (RFC 9126 §2.2). Here it is the server itself that pushes.
 */
public final class PushedLogins {
    private final KeycloakSession session;

    public PushedLogins(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Keeps a request for as long as the realm keeps any pushed one.
     *
     * @return its {@code request_uri}
     */
    public String keep(Map<String, String> parameters) {
        String key = SecretGenerator.getInstance().generateSecureID();
        Map<String, String> notes = new HashMap<>(parameters);
        notes.put(ParEndpoint.PAR_CREATED_TIME, Long.toString(System.currentTimeMillis()));
        session.singleUseObjects()
                .put(
                        ParEndpoint.CACHE_KEY_PREFIX + key,
                        session.getContext().getRealm().getParPolicy().getRequestUriLifespan(),
                        notes);
        return ParEndpoint.REQUEST_URI_PREFIX + key;
    }
}
