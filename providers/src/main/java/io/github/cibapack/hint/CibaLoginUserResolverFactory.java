// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolverFactory;

/** Registers the resolver as {@code ciba-pack}. */
public final class CibaLoginUserResolverFactory implements CIBALoginUserResolverFactory {
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

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to do
    }

    @Override
    public void close() {
        // holds nothing
    }
}
