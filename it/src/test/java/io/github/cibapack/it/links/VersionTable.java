// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of versions in the README: a row is written when its version has been run. */
final class VersionTable {
    private static final String START = "<!-- versions: written by ./mvnw -Pversions verify -->";
    private static final String END = "<!-- end of versions -->";

    private final Path readme;

    VersionTable(Path readme) {
        this.readme = readme;
    }

    /** Replaces the row of a version, or adds one at the end. */
    void write(String version, String result, String limits) throws IOException {
        String begin = "| " + version + " |";
        String row = "%s %s | %s |".formatted(begin, result, limits).replace("|  |", "| |");
        List<String> lines = new ArrayList<>(Files.readAllLines(readme));
        int start = lines.indexOf(START);
        int end = lines.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalStateException(readme + " has no table of versions");
        }
        for (int i = start; i < end; i++) {
            if (lines.get(i).startsWith(begin)) {
                lines.set(i, row);
                Files.write(readme, lines);
                return;
            }
        }
        lines.add(end, row);
        Files.write(readme, lines);
    }
}
