// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Map;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;

/**
 * One way in which a policy asks; requests are spread over a policy's variants by weight.
 *
 * @param name as events and metrics show it
 * @param weight its share of the users, in per cent
 * @param settings what differs from the policy, by key
 */
public record Variant(String name, int weight, Map<String, String> settings) {
    public Variant {
        settings = Map.copyOf(settings);
    }

    /** The policy's settings with those of the variant in their place. */
    ComponentModel over(ComponentModel policy) {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>(policy.getConfig());
        if (settings.containsKey(CibaPolicyFactory.APPROVAL_MODE.key())) {
            // the level belongs to the mode
            config.remove(CibaPolicyFactory.APPROVAL_LEVEL.key());
        }
        settings.forEach(config::putSingle);
        ComponentModel merged = new ComponentModel();
        merged.setConfig(config);
        return merged;
    }
}
