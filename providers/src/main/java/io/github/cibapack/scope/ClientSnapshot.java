// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.scope;

import io.github.cibapack.store.Hashes;
import io.github.cibapack.text.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * What an approval takes for granted about its client: the scopes that the page lists, and all else
 * in the client's own registration that decides what its tokens contain. A client that may register
 * itself may change all of it (RFC 7592): between the approval and the redemption, or for as long
 * as the page is read.
 *
 * <p>The mappers and roles of a shared client scope are not part of it: no client can change them,
 * and an admin who does means all clients.
 */
public final class ClientSnapshot {
    private final KeycloakSession session;
    private final ClientModel client;

    public ClientSnapshot(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /** Whether the client is what it was; true if nobody has looked at it then. */
    public boolean isOf(Optional<String> hash, UserModel user, String scope) {
        return hash.filter(before -> !before.equals(hash(user, scope))).isEmpty();
    }

    /**
     * A hash that is the same for as long as nothing of it changes. Of JSON, and not of a joined
     * text, it is never the same for two different contents.
     */
    public String hash(UserModel user, String scope) {
        return Hashes.compact(
                Json.write(
                        List.of(
                                new RequestedScopes(session, client).asked(user, scope),
                                client.isFullScopeAllowed(),
                                sorted(client.getScopeMappingsStream().map(RoleModel::getId)),
                                sorted(rolesOfEveryUser()),
                                sorted(
                                        client.getProtocolMappersStream()
                                                .map(ClientSnapshot::contentOf)))));
    }

    /** Roles of the client that all users have: registration calls them default roles. */
    private Stream<String> rolesOfEveryUser() {
        return client.getRealm()
                .getDefaultRole()
                .getCompositesStream()
                .filter(role -> role.isClientRole() && client.getId().equals(role.getContainerId()))
                .map(RoleModel::getName);
    }

    /** Without id and name, which appear in no token. */
    private static String contentOf(ProtocolMapperModel mapper) {
        return Json.write(
                List.of(
                        mapper.getProtocol(),
                        mapper.getProtocolMapper(),
                        new TreeMap<>(mapper.getConfig())));
    }

    private static List<String> sorted(Stream<String> texts) {
        return texts.sorted().toList();
    }
}
