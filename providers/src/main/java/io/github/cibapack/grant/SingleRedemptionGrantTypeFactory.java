// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.health.OutOfService;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantTypeFactory;

/**
 * Replaces Keycloak's CIBA grant. Same id: Keycloak prefers the class from outside its own
 * packages.
 */
public final class SingleRedemptionGrantTypeFactory extends CibaGrantTypeFactory {
    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        OutOfService.requireLinks();
        return new SingleRedemptionGrantType();
    }
}
