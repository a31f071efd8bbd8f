// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.List;

/**
 * One figure, measured once in each round.
 *
 * @param sorted from the least to the greatest
 */
record Samples(List<Double> sorted) {
    Samples {
        sorted = sorted.stream().sorted().toList();
    }

    double median() {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double least() {
        return sorted.get(0);
    }

    double greatest() {
        return sorted.get(sorted.size() - 1);
    }
}
