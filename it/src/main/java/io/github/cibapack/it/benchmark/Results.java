// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of a run, in the order in which they were measured first. */
final class Results {
    private final Map<Row, Map<String, List<Double>>> samples = new LinkedHashMap<>();

    /**
     * What is measured.
     *
     * @param name of the figure
     * @param unit of its values
     * @param moreIsBetter or less
     */
    record Row(String name, String unit, boolean moreIsBetter) {}

    /** Notes a value of a row for one of those who are compared. */
    synchronized void note(Row row, String who, double value) {
        samples.computeIfAbsent(row, none -> new LinkedHashMap<>())
                .computeIfAbsent(who, none -> new ArrayList<>())
                .add(value);
        System.out.printf("%s, %s: %.1f %s%n", row.name(), who, value, row.unit());
    }

    List<Row> rows() {
        return List.copyOf(samples.keySet());
    }

    /** Who has values in a row. */
    List<String> who(Row row) {
        return List.copyOf(samples.get(row).keySet());
    }

    Optional<Samples> of(Row row, String who) {
        return Optional.ofNullable(samples.get(row).get(who)).map(Samples::new);
    }
}
