// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Stacks on top of one another: the wider a frame, the more of the processor time is within it. */
final class FlameGraph {
    private static final int WIDTH = 1200;
    private static final int ROW = 17;
    private static final int HEAD = 30;
    private static final double LETTER = 6.6;

    /** What is narrower cannot be seen, and would make the file large. */
    private static final double NARROWEST = 9;

    private final String title;
    private final Frame root = new Frame();

    FlameGraph(String title) {
        this.title = title;
    }

    private static final class Frame {
        private final Map<String, Frame> inner = new TreeMap<>();
        private int samples;

        private int depth(double scale) {
            return 1
                    + inner.values().stream()
                            .filter(frame -> frame.samples * scale >= NARROWEST)
                            .mapToInt(frame -> frame.depth(scale))
                            .max()
                            .orElse(0);
        }
    }

    /**
     * Adds a sample.
     *
     * @param stack the outermost frame first
     */
    void add(List<String> stack) {
        root.samples++;
        Frame frame = root;
        for (String name : stack) {
            frame = frame.inner.computeIfAbsent(name, none -> new Frame());
            frame.samples++;
        }
    }

    String svg() {
        double scale = (double) WIDTH / Math.max(1, root.samples);
        int height = HEAD + ROW * root.depth(scale);
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"monospace\" font-size=\"11\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                                + "<text x=\"8\" y=\"18\" font-size=\"13\">%s</text>%n",
                        WIDTH,
                        height,
                        escaped(title)));
        draw(svg, "all", root, 0, height - ROW, scale);
        return svg.append("</svg>\n").toString();
    }

    private static void draw(
            StringBuilder svg, String name, Frame frame, double x, int y, double scale) {
        double width = frame.samples * scale;
        String text = fitting(withoutPackage(name), width);
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<g><title>%s %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\""
                                + " height=\"%d\" fill=\"%s\" stroke=\"#ffffff\"/>%s</g>%n",
                        escaped(name),
                        100 * width / WIDTH,
                        x,
                        y,
                        width,
                        ROW,
                        colour(name),
                        text.isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "<text x=\"%.1f\" y=\"%d\">%s</text>",
                                        x + 2,
                                        y + 12,
                                        escaped(text))));
        double left = x;
        for (Map.Entry<String, Frame> inner : frame.inner.entrySet()) {
            double innerWidth = inner.getValue().samples * scale;
            if (innerWidth >= NARROWEST) {
                draw(svg, inner.getKey(), inner.getValue(), left, y - ROW, scale);
            }
            left += innerWidth;
        }
    }

    private static String withoutPackage(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static String fitting(String name, double width) {
        int letters = (int) ((width - 4) / LETTER);
        if (letters >= name.length()) {
            return name;
        }
        return letters < 4 ? "" : name.substring(0, letters - 1) + "…";
    }

    private static String colour(String name) {
        if (name.startsWith(Stacks.PACK)) {
            return "#8db9f5";
        }
        return name.startsWith(Stacks.KEYCLOAK) ? "#f3b37a" : "#e3e3e3";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
