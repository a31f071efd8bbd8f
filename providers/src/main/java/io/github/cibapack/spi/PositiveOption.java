// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.spi;

import org.keycloak.Config;

/** A server option that is a number of at least 1. */
public final class PositiveOption {
    private PositiveOption() {}

    /**
     * Reads the option.
     *
     * @param owner whose option it is, for the message
     * @throws IllegalArgumentException if it is less than 1: the server does not start
     */
    public static int of(Config.Scope config, String owner, String key, int defaultValue) {
        int value = config.getInt(key, defaultValue);
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Option '" + key + "' of provider '" + owner + "' must be at least 1");
        }
        return value;
    }
}
