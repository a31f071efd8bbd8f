// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.spi;

import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A server option that is a number of at least 1.
 *
 * @param owner id of the provider whose option it is
 * @param usual the value where an admin says nothing
 * @param help for admins
 */
public record PositiveOption(String owner, String key, int usual, String help) {

    /**
     * Reads the option.
     *
     * @throws IllegalArgumentException if it is less than 1: the server does not start
     */
    public int in(Config.Scope config) {
        int value = config.getInt(key, usual);
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Option '" + key + "' of provider '" + owner + "' must be at least 1");
        }
        return value;
    }

    public ProviderConfigProperty property() {
        return new ProviderConfigProperty(
                key, null, help, ProviderConfigProperty.INTEGER_TYPE, usual);
    }
}
