// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.Setting;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;

/** Any text as each setting of a rule and of a rejection handler. */
public final class RuleSettingsFuzz {
    private RuleSettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        Stream.concat(
                        new OneTimeRuleFactory().settings().stream(),
                        new RejectionHandlerFactory().settings().stream())
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
