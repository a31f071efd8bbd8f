// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.AbstractJWTClientValidator;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;

/**
 * {@code private_key_jwt}. Same id as Keycloak's: it prefers the class from outside its own
 * packages.
 */
public final class PrivateKeyJwtAuthenticator extends JWTClientAuthenticator {

    @Override
    public void authenticateClient(ClientAuthenticationFlowContext context) {
        super.authenticateClient(context);
        SingleUse.require(context);
    }

    @Override
    public boolean verifySignature(AbstractJWTClientValidator validator) {
        return super.verifySignature(validator) && AsAssertionRules.admit(validator);
    }
}
