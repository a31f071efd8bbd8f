// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Gives the ping workers the server's life cycle and options. */
public final class PingSpi implements Spi {
    static final String NAME = "ciba-ping";

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return PingProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the SPI's own signature is raw
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return PingProviderFactory.class;
    }
}
