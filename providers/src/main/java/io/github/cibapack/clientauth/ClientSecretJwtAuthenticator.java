// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.AbstractJWTClientValidator;
import org.keycloak.authentication.authenticators.client.JWTClientSecretAuthenticator;

/**
 * {@code client_secret_jwt}. Same id as Keycloak's: it prefers the class from outside its own
 * packages.
 */
public final class ClientSecretJwtAuthenticator extends JWTClientSecretAuthenticator {

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
