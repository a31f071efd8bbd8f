// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.spi.WithoutLifeCycle;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolverFactory;

/** Registers the resolver as {@code ciba-pack}. */
public final class CibaLoginUserResolverFactory
        implements CIBALoginUserResolverFactory, WithoutLifeCycle<CIBALoginUserResolver> {
    public static final String PROVIDER_ID = "ciba-pack";

    @Override
    public CIBALoginUserResolver create(KeycloakSession session) {
        return new CibaLoginUserResolver(session);
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    /** With two factories of order 0 Keycloak would have no default resolver at all. */
    @Override
    public int order() {
        return 1;
    }
}
