// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Lets the classes that take longest begin first, so that none of them runs alone at the end.
 * JUnit's threads take classes from the beginning of this order, but one takes them from the end:
 * the long and the short ones meet in the middle.
 */
public final class LongestFirst implements ClassOrderer {

    private static final String LIST = "/long-classes.txt";

    /** Odd and large, so that names which differ little come to lie far apart. */
    private static final int SPREAD = 0x9E3779B9;

    @Override
    public void orderClasses(ClassOrdererContext context) {
        List<String> longest = longest();
        context.getClassDescriptors()
                .sort(
                        Comparator.comparingInt(
                                        (ClassDescriptor found) ->
                                                place(found.getTestClass(), longest))
                                .thenComparingInt(found -> spread(found.getTestClass()))
                                .thenComparing(found -> found.getTestClass().getName()));
    }

    /**
     * Any order that is the same in each run and scatters the classes of one package: they wait for
     * each other's clock or realms, and a thread that waits runs no other class.
     */
    private static int spread(Class<?> type) {
        return type.getName().hashCode() * SPREAD;
    }

    /** The simple names in {@code long-classes.txt}, which stand in the order of their times. */
    static List<String> longest() {
        try (InputStream list = LongestFirst.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s", 2)[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int place(Class<?> type, List<String> longest) {
        int place = longest.indexOf(type.getSimpleName());
        return place < 0 ? longest.size() : place;
    }
}
