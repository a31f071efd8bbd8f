// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Json;

/** CIBA policies as the admin API takes them. */
final class PolicyComponents {
    private PolicyComponents() {}

    /** One with these settings: key, value, …; a key may come more than once. */
    static ObjectNode json(String... keysAndValues) {
        return inRealm(keysAndValues)
                .put("providerType", "org.keycloak.services.ui.extend.UiPageProvider");
    }

    /** The same as part of a realm, where the type stands above the components. */
    static ObjectNode inRealm(String... keysAndValues) {
        ObjectNode component = Json.object().put("providerId", "ciba-policy");
        ObjectNode config = component.putObject("config");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.withArrayProperty(keysAndValues[i]).add(keysAndValues[i + 1]);
        }
        return component;
    }
}
