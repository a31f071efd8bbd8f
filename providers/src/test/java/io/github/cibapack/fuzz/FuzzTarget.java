// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parser under fire.
 *
 * @param type the class that feeds it
 * @param seeds the kept inputs
 */
record FuzzTarget(Class<?> type, List<byte[]> seeds) {
    private static final String SUFFIX = "Fuzz.class";

    /** All of them, by name. */
    static List<FuzzTarget> all() {
        Path classes = folder().getParent();
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(file -> classes.relativize(file).toString())
                    .sorted()
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .map(FuzzTarget::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FuzzTarget of(String type) {
        try {
            Class<?> target = Class.forName(type);
            try (Stream<Path> files = Files.list(corpus(target))) {
                return new FuzzTarget(target, files.sorted().map(FuzzTarget::read).toList());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(type + " has no kept inputs", e);
        }
    }

    String name() {
        return type.getSimpleName();
    }

    /** Where its kept inputs are. */
    static Path corpus(Class<?> type) {
        return folder().resolve(type.getSimpleName());
    }

    private static Path folder() {
        return Path.of(URI.create(FuzzTarget.class.getResource("/fuzz").toString()));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Feeds the parser; what it throws comes out. */
    void feed(byte[] input) throws Throwable {
        try {
            entry().invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Method entry() throws NoSuchMethodException {
        return type.getMethod("fuzzerTestOneInput", byte[].class);
    }

    @Override
    public String toString() {
        return name();
    }
}
