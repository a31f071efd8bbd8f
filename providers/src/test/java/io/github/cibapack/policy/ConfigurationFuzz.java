// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.stream.Stream;

/** Any text as each setting of a policy. */
public final class ConfigurationFuzz {
    private ConfigurationFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        AnyText.asEachOf(
                Stream.of(new CibaPolicyFactory(), new NotificationPolicyFactory())
                        .flatMap(factory -> factory.settings().stream()),
                bytes);
    }
}
