// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.fuzz.FuzzInput;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;

/** Any text as the value of a setting, which takes or refuses it. */
public final class AnyText {
    private AnyText() {}

    /** Reads each of the settings from a component that has this text for it. */
    public static void asEachOf(Stream<? extends Setting<?>> settings, byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        settings.forEach(setting -> read(setting, text));
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
