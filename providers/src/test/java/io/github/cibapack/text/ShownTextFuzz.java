// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import io.github.cibapack.fuzz.FuzzInput;

/** Texts that people compare, and names in a log line. */
public final class ShownTextFuzz {
    private ShownTextFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        String shown = ShownText.of(text, 256).text().orElse("");
        if (!shown.isEmpty() && ShownText.exactly(shown, 256).text().isEmpty()) {
            throw new AssertionError("what is shown could not be shown again");
        }
        if (!LogLine.isFit(LogLine.of(text))) {
            throw new AssertionError("a log line that is unfit for a log");
        }
        MaxLength.AUTHORIZATION_DETAILS.admits(text);
    }
}
