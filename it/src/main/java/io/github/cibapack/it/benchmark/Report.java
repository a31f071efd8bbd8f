// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes what was measured into a page, between two marks, and a chart for each row. */
final class Report {
    private static final String BEGIN = "<!-- begin: measured -->\n";
    private static final String END = "<!-- end -->";
    private static final String PAGE = "README.md";

    private final Path folder;

    Report(Path folder) {
        this.folder = folder;
    }

    /** Replaces the figures of the last run. */
    void write(Results results, String how) throws IOException {
        Files.createDirectories(folder);
        Path page = folder.resolve(PAGE);
        String text = Files.exists(page) ? Files.readString(page) : BEGIN + END + "\n";
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        Files.writeString(
                page, text.substring(0, begin) + measured(results, how) + text.substring(end));
        for (Results.Row row : results.rows()) {
            Files.writeString(folder.resolve(chart(row)), BarChart.svg(results, row));
        }
    }

    private static String measured(Results results, String how) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(how).append(' ').append(machine()).append("\n\n");
        text.append("| figure | unit | who | median (least–greatest) | ratio to the first |\n");
        text.append("| --- | --- | --- | --- | --- |\n");
        for (Results.Row row : results.rows()) {
            lines(results, row).forEach(line -> text.append(line).append('\n'));
        }
        text.append('\n');
        for (Results.Row row : results.rows()) {
            text.append("![").append(row.name()).append("](").append(chart(row)).append(")\n");
        }
        return text.append('\n').toString();
    }

    private static List<String> lines(Results results, Results.Row row) {
        List<String> lines = new ArrayList<>();
        double first = 0;
        for (String who : results.who(row)) {
            Samples samples = results.of(row, who).orElseThrow();
            String ratio = lines.isEmpty() ? "" : Figures.of(samples.median() / first);
            lines.add(
                    "| %s | %s | %s | %s | %s |"
                            .formatted(
                                    lines.isEmpty() ? row.name() : "",
                                    lines.isEmpty() ? row.unit() : "",
                                    who,
                                    Figures.of(samples),
                                    ratio));
            first = lines.size() == 1 ? samples.median() : first;
        }
        return lines;
    }

    private static String chart(Results.Row row) {
        return (row.name() + " " + row.unit())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "")
                + ".svg";
    }

    private static String machine() throws IOException {
        return "%s, Keycloak %s. Machine: %d processors (%s), %s %s, Java %s; callers, both servers and mail server on it."
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Workspace.current().keycloakVersion(),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version().feature());
    }

    /** Where the system tells. */
    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
