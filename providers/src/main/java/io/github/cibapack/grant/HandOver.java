// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Redemptions;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * Hands an approved request of an {@code as} endpoint over to Keycloak's grant. The grant makes the
 * user session in a private method, out of the encrypted request that is its {@code auth_req_id}
 * and of that request's device code; an {@code auth_req_id} of ours is a random number. So the
 * request is put under a fresh id, within the very transaction that redeems it. The copy has no
 * polling lock, so an early poll cannot stand in the way of an approval, and when the grant has
 * removed it and then refuses, the approval is still there.
 */
final class HandOver {
    private final KeycloakSession session;
    private final ClientModel client;

    HandOver(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /**
     * Hands over.
     *
     * @param scope that the tokens will be for
     * @return the {@code auth_req_id} that Keycloak's grant redeems; nobody outside learns it
     */
    String of(AuthenticationRequest request, UserModel user, String scope) {
        CIBAAuthenticationRequest approved = new CIBAAuthenticationRequest(session, user, client);
        approved.id(KeycloakModelUtils.generateId());
        approved.setScope(scope);
        request.acrValues().ifPresent(approved::setAcrValues);
        new Redemptions(session).handOver(approved, client);
        return approved.serialize(session);
    }
}
