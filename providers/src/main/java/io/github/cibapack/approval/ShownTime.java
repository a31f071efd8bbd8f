// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Timestamps;
import java.util.Map;

/**
 * A time on a page. The browser puts it into the reader's zone; where it runs no scripts, the text
 * in UTC stays.
 */
final class ShownTime {
    private ShownTime() {}

    /** For the template: the text, and the same for {@code datetime} of HTML's {@code time}. */
    static Map<String, String> of(long seconds, Texts texts) {
        return Map.of(
                "text",
                Timestamps.format(seconds, texts.locale()),
                "machine",
                Timestamps.machineReadable(seconds));
    }
}
