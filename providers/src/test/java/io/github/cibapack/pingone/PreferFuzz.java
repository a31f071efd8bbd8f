// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.fuzz.FuzzInput;

/** The header {@code Prefer}, one a line. */
public final class PreferFuzz {
    private PreferFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        PreferredWait.in(new FuzzInput(bytes).lines(8))
                .filter(wait -> wait.isNegative() || wait.compareTo(PreferredWait.LONGEST) > 0)
                .ifPresent(
                        wait -> {
                            throw new AssertionError("waits for " + wait);
                        });
    }
}
