// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.List;
import java.util.Locale;

/** A row of the results as bars of medians, with a line from the least to the greatest value. */
final class BarChart {
    private static final int WIDTH = 640;
    private static final int LEFT = 250;
    private static final int BAR = 22;
    private static final int STEP = 34;
    private static final int TOP = 40;
    private static final int ROOM_FOR_FIGURES = 90;
    private static final List<String> COLOURS = List.of("#8a8f98", "#2f6fde", "#5b9f4a");

    private BarChart() {}

    static String svg(Results results, Results.Row row) {
        List<String> who = results.who(row);
        double most =
                who.stream()
                        .mapToDouble(one -> results.of(row, one).orElseThrow().greatest())
                        .max()
                        .orElse(1);
        int height = TOP + STEP * who.size();
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " role=\"img\" font-family=\"sans-serif\" font-size=\"13\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                                + "<text x=\"10\" y=\"22\" font-weight=\"bold\">%s</text>%n",
                        WIDTH,
                        height,
                        escaped(row.name() + " (" + row.unit() + ")")));
        for (int i = 0; i < who.size(); i++) {
            Samples samples = results.of(row, who.get(i)).orElseThrow();
            int y = TOP + STEP * i;
            double scale = (WIDTH - LEFT - ROOM_FOR_FIGURES) / Math.max(most, Double.MIN_NORMAL);
            svg.append(bar(who.get(i), samples, y, scale, COLOURS.get(i % COLOURS.size())));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(String who, Samples samples, int y, double scale, String colour) {
        double middle = y + BAR / 2.0;
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#1b1f24\""
                        + " stroke-width=\"2\"/>%n"
                        + "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                LEFT - 8,
                middle + 4,
                escaped(who),
                LEFT,
                y,
                samples.median() * scale,
                BAR,
                colour,
                LEFT + samples.least() * scale,
                middle,
                LEFT + samples.greatest() * scale,
                middle,
                LEFT + samples.greatest() * scale + 8,
                middle + 4,
                Figures.of(samples.median()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
