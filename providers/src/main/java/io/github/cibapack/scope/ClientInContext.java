// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak resolves some scopes by the client of its context and not by the one that it is given:
 * organizations, and users to act for. Where no client has called there is none, and these scopes
 * would be passed over.
 */
public final class ClientInContext {
    private final KeycloakSession session;
    private final ClientModel client;

    public ClientInContext(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /** Runs with the client in the context, which is afterwards as before: themes look there. */
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
