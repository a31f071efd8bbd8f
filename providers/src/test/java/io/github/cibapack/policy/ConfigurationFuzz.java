// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.fuzz.FuzzInput;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;

/** Any text as each setting of a policy. */
public final class ConfigurationFuzz {
    private ConfigurationFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        Stream.of(new CibaPolicyFactory(), new NotificationPolicyFactory())
                .flatMap(factory -> factory.settings().stream())
                .forEach(setting -> read(setting, text));
    }

    private static void read(Setting<?> setting, String text) {
        ComponentModel component = new ComponentModel();
        component.getConfig().putSingle(setting.key(), text);
        try {
            setting.of(component);
        } catch (InvalidSettingException e) {
            // refused as designed
        }
    }
}
