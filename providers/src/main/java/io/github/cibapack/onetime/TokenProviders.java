// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import org.keycloak.models.KeycloakSession;

/** Chooses who asks the user. */
final class TokenProviders {
    private TokenProviders() {}

    static TokenProvider of(KeycloakSession session, OneTimeRule rule) {
        return rule.get(OneTimeRuleFactory.TOKEN_PROVIDER)
                .<TokenProvider>map(issuer -> new RemoteIssuer(session, rule, issuer))
                .orElseGet(() -> new ThisRealm(session, rule));
    }
}
