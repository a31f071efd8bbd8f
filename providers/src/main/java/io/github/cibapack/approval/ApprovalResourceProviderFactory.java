// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.health.FitServerResourceFactory;
import org.keycloak.models.KeycloakSession;

/** Registers the pages under {@code /realms/{realm}/ciba}. */
public final class ApprovalResourceProviderFactory extends FitServerResourceFactory {
    public static final String PROVIDER_ID = "ciba";

    /** Made by Keycloak. */
    public ApprovalResourceProviderFactory() {
        super(PROVIDER_ID);
    }

    @Override
    protected Object resource(KeycloakSession session) {
        return new ApprovalResource(session);
    }
}
