// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.conformance;

import io.github.cibapack.it.Clause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** All test methods of this module that are tagged with {@link Clause}. */
final class ClauseTests {

    private ClauseTests() {}

    /** Class and method of the tests, by the ids of the clauses that they prove. */
    static Map<String, Set<String>> byId() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Class<?> type : testClasses()) {
            for (Method method : type.getDeclaredMethods()) {
                if (isTest(method)) {
                    idsOf(type, method)
                            .forEach(
                                    id ->
                                            found.computeIfAbsent(id, unused -> new TreeSet<>())
                                                    .add(nameOf(type) + "." + method.getName()));
                }
            }
        }
        return found;
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static List<String> idsOf(Class<?> type, Method method) {
        List<String> ids = new ArrayList<>();
        for (Clause clause :
                new Clause[] {
                    type.getAnnotation(Clause.class), method.getAnnotation(Clause.class)
                }) {
            if (clause != null) {
                ids.addAll(List.of(clause.value()));
            }
        }
        return ids;
    }

    private static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static List<Class<?>> testClasses() {
        try {
            Path root =
                    Path.of(
                            ClauseTests.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".class"))
                        .map(file -> root.relativize(file).toString())
                        .filter(name -> !name.endsWith("-info.class"))
                        .<Class<?>>map(ClauseTests::load)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Not a place in the file system", e);
        }
    }

    /** Without initialising it: that would start what a test class starts. */
    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length());
        try {
            return Class.forName(
                    name.replace('/', '.').replace('\\', '.'),
                    false,
                    ClauseTests.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
