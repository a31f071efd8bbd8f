// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.policy.AnyText;
import java.util.stream.Stream;

/** Any text as each setting of a rule and of a rejection handler. */
public final class RuleSettingsFuzz {
    private RuleSettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        AnyText.asEachOf(
                Stream.concat(
                        new OneTimeRuleFactory().settings().stream(),
                        new RejectionHandlerFactory().settings().stream()),
                bytes);
    }
}
