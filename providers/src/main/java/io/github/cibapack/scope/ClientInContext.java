// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/**
 * Sets the client of Keycloak's context. Keycloak resolves some scopes (organizations, delegation)
 * with that client and not with the one it is given. Without a calling client it would ignore these
 * scopes.
 */
public final class ClientInContext {
    private final KeycloakSession session;
    private final ClientModel client;

    public ClientInContext(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /**
     * Runs an action with this client in the context and restores the context, because themes read
     * it.
     */
    public <T> T call(Supplier<T> work) {
        KeycloakContext context = session.getContext();
        ClientModel before = context.getClient();
        if (client.equals(before)) {
            return work.get();
        }
        context.setClient(client);
        try {
            return work.get();
        } finally {
            context.setClient(before);
        }
    }
}
