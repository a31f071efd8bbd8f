// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.browser;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Writes a picture with few colours, the most frequent ones, of which no two look the same: a third
 * of the size, and as readable.
 */
public final class SmallPng {

    private static final int COLOURS = 256;

    /** The bits of a colour that an eye tells apart, roughly. */
    private static final int LOOK = 0xF8F8F8;

    private SmallPng() {}

    /** Writes a picture, given as any PNG. */
    public static void write(byte[] png, Path file) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            ImageIO.write(indexed(picture), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage indexed(BufferedImage picture) {
        int[] palette = palette(picture);
        IndexColorModel model =
                new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage small =
                new BufferedImage(
                        picture.getWidth(),
                        picture.getHeight(),
                        BufferedImage.TYPE_BYTE_INDEXED,
                        model);
        Map<Integer, Integer> nearest = new HashMap<>();
        int[] index = new int[1];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                index[0] =
                        nearest.computeIfAbsent(
                                picture.getRGB(x, y), colour -> nearest(palette, colour));
                small.getRaster().setPixel(x, y, index);
            }
        }
        return small;
    }

    private static int[] palette(BufferedImage picture) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                counts.merge(picture.getRGB(x, y), 1, Integer::sum);
            }
        }
        Map<Integer, Integer> byLook = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Integer, Integer> e) -> -e.getValue()))
                .map(Map.Entry::getKey)
                .forEach(colour -> byLook.putIfAbsent(colour & LOOK, colour));
        return byLook.values().stream().limit(COLOURS).mapToInt(Integer::intValue).toArray();
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], colour) < distance(palette[best], colour)) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (one >> shift & 0xFF) - (other >> shift & 0xFF);
            sum += difference * difference;
        }
        return sum;
    }
}
