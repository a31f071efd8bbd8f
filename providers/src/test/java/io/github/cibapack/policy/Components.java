// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Arrays;
import org.keycloak.component.ComponentModel;

/** Components as a realm holds them. */
final class Components {
    private Components() {}

    /** One with these settings: key, value, key, value, …; a key may come more than once. */
    static ComponentModel of(String... keysAndValues) {
        ComponentModel component = new ComponentModel();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            component.getConfig().add(keysAndValues[i], keysAndValues[i + 1]);
        }
        return component;
    }

    /** One with several values of one setting. */
    static ComponentModel lines(String key, String... values) {
        ComponentModel component = new ComponentModel();
        component.getConfig().put(key, Arrays.asList(values));
        return component;
    }
}
