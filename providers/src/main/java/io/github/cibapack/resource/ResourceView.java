// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Resources for a person: each by the name of its client and by its URI. */
public final class ResourceView {
    private final KeycloakSession session;
    private final Texts texts;

    public ResourceView(KeycloakSession session, Texts texts) {
        this.session = session;
        this.texts = texts;
    }

    /**
     * As templates read it: {@code uri}, and {@code name}, empty if no single client has it.
     *
     * @param client who asks
     * @param user who is asked
     * @param scope what is asked for
     */
    public List<Map<String, String>> of(
            ResourceIndicators resources, ClientModel client, UserModel user, String scope) {
        ResourceTarget target =
                new ResourceTarget(
                        session.getContext().getRealm(),
                        TokenAudience.of(session, client, user, scope).entries());
        List<Map<String, String>> rows = new ArrayList<>();
        for (String uri : resources.uris()) {
            List<ClientModel> clients = target.clients(uri).toList();
            String name = clients.size() == 1 ? texts.nameOf(clients.get(0)) : "";
            rows.add(Map.of("name", name, "uri", uri));
        }
        return rows;
    }
}
