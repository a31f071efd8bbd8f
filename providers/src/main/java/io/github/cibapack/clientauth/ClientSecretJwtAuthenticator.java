// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.clientauth;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.links.ServerLinks;
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
        if (ServerLinks.here().areComplete()) {
            SingleUse.require(context);
        }
    }

    @Override
    public boolean verifySignature(AbstractJWTClientValidator validator) {
        return super.verifySignature(validator)
                && (!CallContext.isAtAs(validator.getContext().getSession())
                        || new AsAssertionRules(validator).admit());
    }
}
