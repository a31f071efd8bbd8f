// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import org.keycloak.models.KeycloakSession;

/** Chooses who asks the user. */
public final class TokenProviders {
    private final DiscoveryDocuments documents = new DiscoveryDocuments();

    /** Who asks for a rule; without any call to the outside. */
    public TokenProvider of(KeycloakSession session, OneTimeRule rule) {
        return rule.get(OneTimeRuleFactory.TOKEN_PROVIDER)
                .<TokenProvider>map(
                        issuer -> new RemoteTokenProvider(session, rule, issuer, documents))
                .orElseGet(() -> new LocalTokenProvider(session, rule));
    }
}
