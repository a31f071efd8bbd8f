// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.links.ServerLinks;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Registers the template provider as {@code ciba-pack}. */
public final class CibaEmailTemplateProviderFactory extends FreeMarkerEmailTemplateProviderFactory {
    public static final String PROVIDER_ID = "ciba-pack";

    @Override
    public EmailTemplateProvider create(KeycloakSession session) {
        return ServerLinks.here().areComplete()
                ? new CibaEmailTemplateProvider(session)
                : super.create(session);
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    /**
     * With two factories of order 0 Keycloak would have no default provider and could send no mail.
     */
    @Override
    public int order() {
        return 1;
    }
}
