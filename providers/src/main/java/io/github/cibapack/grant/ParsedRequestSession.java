// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.scope.SessionView;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyManager;

/**
 * A view of a session that tells which request Keycloak's grant has decrypted, as soon as the
 * client policies have let it pass and before anything is looked up: to decrypt it here as well
 * would cost every poll at Keycloak's own endpoint.
 */
final class ParsedRequestSession {
    private ParsedRequestSession() {}

    static KeycloakSession of(KeycloakSession session, Consumer<CIBAAuthenticationRequest> passed) {
        return SessionView.of(
                KeycloakSession.class,
                session,
                Map.of(
                        "clientPolicy",
                        (arguments, original) -> policies(session.clientPolicy(), passed)));
    }

    private static ClientPolicyManager policies(
            ClientPolicyManager policies, Consumer<CIBAAuthenticationRequest> passed) {
        return SessionView.of(
                ClientPolicyManager.class,
                policies,
                Map.of(
                        "triggerOnEvent",
                        (arguments, original) -> {
                            Object nothing = original.answer();
                            if (arguments[0] instanceof BackchannelTokenRequestContext poll) {
                                passed.accept(poll.getParsedRequest());
                            }
                            return nothing;
                        }));
    }
}
