// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The checked-in list, in its order.
 *
 * @param sections as they stand in CIBA Core
 */
record ClauseList(List<Section> sections) {

    private static final String FILE = "/ciba-core-clauses.tsv";
    private static final String SECTION = "# §";
    private static final int COLUMNS = 4;

    /** One section and its sentences. */
    record Section(String title, List<Entry> entries) {}

    /**
     * One sentence.
     *
     * @param id section and number, for example {@code 7.3-2}
     * @param level MUST, SHOULD, MAY and their like
     * @param applies {@code yes}, {@code open: …} or {@code no: …}
     * @param statement in our own words
     */
    record Entry(String id, String level, String applies, String statement) {
        boolean isBinding() {
            return applies.equals("yes");
        }

        boolean isOpen() {
            return applies.startsWith("open: ");
        }

        boolean isLeftOut() {
            return applies.startsWith("no: ");
        }

        /** What stands after {@code open: } or {@code no: }. */
        String reason() {
            return applies.substring(applies.indexOf(' ') + 1);
        }
    }

    static ClauseList read() {
        List<Section> sections = new ArrayList<>();
        text().lines()
                .forEach(
                        line -> {
                            if (line.startsWith(SECTION)) {
                                sections.add(
                                        new Section(
                                                line.substring(SECTION.length()),
                                                new ArrayList<>()));
                            } else if (!line.startsWith("#") && !line.isBlank()) {
                                sections.get(sections.size() - 1).entries().add(entry(line));
                            }
                        });
        return new ClauseList(sections);
    }

    List<Entry> entries() {
        return sections.stream().flatMap(section -> section.entries().stream()).toList();
    }

    private static Entry entry(String line) {
        List<String> columns = List.of(line.split("\t", -1));
        if (columns.size() != COLUMNS) {
            throw new IllegalStateException(FILE + ": not four columns: " + line);
        }
        return new Entry(columns.get(0), columns.get(1), columns.get(2), columns.get(3));
    }

    private static String text() {
        try (InputStream in = ClauseList.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
