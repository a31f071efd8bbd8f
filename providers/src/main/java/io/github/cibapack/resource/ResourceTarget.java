// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.links.NeedsNewer;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorConstants;
import org.keycloak.protocol.oidc.resourceindicators.ResourceIndicatorValidation;

/**
 * What a resource stands for among those whom a token is for, as Keycloak's feature {@code
 * resource-indicators} has it: {@code urn:client:} and a client id, or the attribute {@code
 * resource_url} of a client.
 */
@NeedsNewer(otherwise = "")
final class ResourceTarget {
    private final RealmModel realm;
    private final Collection<String> audience;

    ResourceTarget(RealmModel realm, Collection<String> audience) {
        this.realm = realm;
        this.audience = audience;
    }

    static boolean isResource(String uri) {
        return ResourceIndicatorValidation.isValidResourceIndicator(uri);
    }

    /** What the token says for it; empty if the token is not for it. */
    Optional<String> entry(String uri) {
        Optional<String> named = named(uri);
        return named.isPresent()
                ? named.filter(audience::contains)
                : clients(uri).map(client -> uri).findFirst();
    }

    /** The clients that it stands for: usually one. */
    Stream<ClientModel> clients(String uri) {
        Optional<String> named = named(uri);
        return audience.stream()
                .filter(clientId -> named.map(clientId::equals).orElse(true))
                .map(realm::getClientByClientId)
                .filter(Objects::nonNull)
                .filter(client -> named.isPresent() || isAt(client, uri));
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
