// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.links.NeedsNewer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorConstants;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorValidation;

/**
 * What a resource stands for, as Keycloak's feature {@code resource-indicators} has it: {@code
 * urn:client:} and a client id, or the attribute {@code resource_url} of a client.
 */
@NeedsNewer(otherwise = "")
final class ResourceTarget {
    /** One is enough, a second one tells that it is not the only one. */
    private static final int ENOUGH = 2;

    private final KeycloakSession session;
    private final RealmModel realm;

    ResourceTarget(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    static boolean isResource(String uri) {
        return ResourceIndicatorValidation.isValidResourceIndicator(uri);
    }

    /** What the token says if its audience contains the resource; empty if it does not. */
    Optional<String> in(Collection<String> audience, String uri) {
        return named(uri)
                .map(clientId -> Optional.of(clientId).filter(audience::contains))
                .orElseGet(
                        () ->
                                audience.stream()
                                        .map(realm::getClientByClientId)
                                        .filter(client -> client != null && isAt(client, uri))
                                        .map(client -> uri)
                                        .findFirst());
    }

    /** The clients that it stands for: none, one, or more than one. */
    List<ClientModel> clients(String uri) {
        Stream<ClientModel> found =
                named(uri)
                        .map(clientId -> Stream.ofNullable(realm.getClientByClientId(clientId)))
                        .orElseGet(() -> at(uri));
        return found.filter(ClientModel::isEnabled).limit(ENOUGH).toList();
    }

    private Stream<ClientModel> at(String uri) {
        return session.clients()
                .searchClientsByAttributes(
                        realm,
                        Map.of(ResourceIndicatorConstants.CLIENT_RESOURCE_URL_ATTRIBUTE, uri),
                        null,
                        null)
                .filter(client -> isAt(client, uri));
    }

    private static Optional<String> named(String uri) {
        String prefix = ResourceIndicatorConstants.URN_CLIENT_PREFIX;
        return Optional.of(uri)
                .filter(urn -> urn.startsWith(prefix))
                .map(urn -> urn.substring(prefix.length()));
    }

    private static boolean isAt(ClientModel client, String uri) {
        return uri.equals(
                client.getAttribute(ResourceIndicatorConstants.CLIENT_RESOURCE_URL_ATTRIBUTE));
    }
}
