// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.Locale;

/** Numbers as people read them: three digits that count. */
final class Figures {
    private static final double MANY = 100;
    private static final double SOME = 10;

    private Figures() {}

    static String of(double value) {
        if (value >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= SOME ? "%.1f" : "%.2f", value);
    }

    /** The median, and in brackets what it lies between. */
    static String of(Samples samples) {
        return "%s (%s–%s)"
                .formatted(of(samples.median()), of(samples.least()), of(samples.greatest()));
    }
}
