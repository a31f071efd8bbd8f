// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Writes what a soak has measured into a page, between two marks, and a plot beside it. */
record SoakReport(Path folder) {
    static final String PAGE = "reliability.md";
    static final String PLOT = "images/soak.svg";

    private static final String BEGIN = "<!-- begin: soak -->\n";
    private static final String END = "<!-- end: soak -->";
    private static final int WIDTH = 640;
    private static final int HEIGHT = 110;
    private static final int LEFT = 150;
    private static final int RIGHT = 20;
    private static final int ROOM = 30;

    /** One line of the table and one plot. */
    private record Curve(String name, ToDoubleFunction<ServerState> value) {}

    private static final List<Curve> CURVES =
            List.of(
                    new Curve("heap in MiB", ServerState::heap),
                    new Curve("threads", ServerState::threads),
                    new Curve("open files", ServerState::files),
                    new Curve("store entries", ServerState::entries));

    /**
     * Writes.
     *
     * @param before nothing was done yet, after the server's start
     * @param during while the work was done
     * @param after all was done and what was kept for a while was over
     * @param done how often each kind of call was made
     */
    void write(
            ServerState before,
            List<ServerState> during,
            ServerState after,
            Map<String, Long> done,
            String how)
            throws IOException {
        Files.createDirectories(folder.resolve(PLOT).getParent());
        Path page = folder.resolve(PAGE);
        String text = Files.exists(page) ? Files.readString(page) : BEGIN + END + "\n";
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        Files.writeString(
                page,
                text.substring(0, begin)
                        + measured(before, during, after, done, how)
                        + text.substring(end));
        Files.writeString(folder.resolve(PLOT), plot(during));
    }

    private static String measured(
            ServerState before,
            List<ServerState> during,
            ServerState after,
            Map<String, Long> done,
            String how) {
        StringBuilder text = new StringBuilder();
        text.append("Measured on ").append(LocalDate.now(ZoneOffset.UTC)).append(how);
        text.append(
                "\n\n"
                    + "| after a full collection | before | first third | last third | afterwards"
                    + " |\n");
        text.append("| --- | --- | --- | --- | --- |\n");
        for (Curve curve : CURVES) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.0f | %.0f | %.0f | %.0f |%n",
                            curve.name(),
                            curve.value().applyAsDouble(before),
                            middle(first(during), curve.value()),
                            middle(last(during), curve.value()),
                            curve.value().applyAsDouble(after)));
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "| connections to the database in use | %.0f | | | %.0f |%n",
                        before.connections(),
                        after.connections()));
        text.append("\n![heap, threads, open files and store entries](")
                .append(PLOT)
                .append(")\n\n");
        text.append(
                done.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", ", "Done: ", ".\n\n")));
        return text.toString();
    }

    static List<ServerState> first(List<ServerState> all) {
        return all.subList(0, all.size() / 3);
    }

    static List<ServerState> last(List<ServerState> all) {
        return all.subList(all.size() - all.size() / 3, all.size());
    }

    /** The median. */
    static double middle(List<ServerState> states, ToDoubleFunction<ServerState> value) {
        List<Double> sorted = states.stream().map(value::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    static String plot(List<ServerState> states) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " role=\"img\" font-family=\"sans-serif\" font-size=\"13\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                        WIDTH,
                        HEIGHT * CURVES.size() + ROOM));
        for (int i = 0; i < CURVES.size(); i++) {
            svg.append(curve(CURVES.get(i), states, HEIGHT * i));
        }
        double end = states.get(states.size() - 1).seconds();
        svg.append(label(LEFT, HEIGHT * CURVES.size() + 18, "0 s"));
        svg.append(
                label(
                        WIDTH - RIGHT - 40,
                        HEIGHT * CURVES.size() + 18,
                        String.format(Locale.ROOT, "%.0f s", end)));
        return svg.append("</svg>\n").toString();
    }

    private static String curve(Curve curve, List<ServerState> states, int top) {
        double most = states.stream().mapToDouble(curve.value()).max().orElse(1);
        double end = states.get(states.size() - 1).seconds();
        int bottom = top + HEIGHT - 10;
        double scale = (HEIGHT - ROOM) / Math.max(1, most);
        String points =
                states.stream()
                        .map(
                                state ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.1f,%.1f",
                                                LEFT
                                                        + (WIDTH - LEFT - RIGHT)
                                                                * state.seconds()
                                                                / end,
                                                bottom
                                                        - curve.value().applyAsDouble(state)
                                                                * scale))
                        .collect(Collectors.joining(" "));
        return label(10, top + HEIGHT / 2, curve.name())
                + label(LEFT - 45, top + 24, String.format(Locale.ROOT, "%.0f", most))
                + label(LEFT - 20, bottom, "0")
                + String.format(
                        Locale.ROOT,
                        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#8a8f98\"/>%n"
                                + "<polyline points=\"%s\" fill=\"none\" stroke=\"#2f6fde\""
                                + " stroke-width=\"2\"/>%n",
                        LEFT,
                        bottom,
                        WIDTH - RIGHT,
                        bottom,
                        points);
    }

    private static String label(int x, int y, String text) {
        return "<text x=\"%d\" y=\"%d\">%s</text>%n".formatted(x, y, text);
    }
}
