// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mutation;

import io.github.cibapack.it.server.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A rule and a way to break it.
 *
 * @param id its name
 * @param rule the rule as a sentence
 * @param source the file that keeps it, from the root of the repository
 * @param text what stands there, once
 * @param replacement what breaks the rule in its place; it compiles
 * @param testClass the test that must turn red
 * @param testMethod its method
 */
record Mutation(
        String id,
        String rule,
        String source,
        String text,
        String replacement,
        String testClass,
        String testMethod) {

    private static final String LIST = "/mutations.tsv";

    /** All of the list, in its order. */
    static List<Mutation> all() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Mutation.class.getResourceAsStream(LIST),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Mutation::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutation parse(String line) {
        String[] cells = line.split("\t", -1);
        String[] test = cells[5].split("#", -1);
        return new Mutation(cells[0], cells[1], cells[2], cells[3], cells[4], test[0], test[1]);
    }

    /** The file as it is. */
    String original() {
        try {
            return Files.readString(root().resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with the rule broken. */
    String mutated() {
        return original().replace(text, replacement);
    }

    /** The test's own source. */
    Path testSource() {
        String file = testClass.replace('.', '/') + ".java";
        Path here = root().resolve("it/src/test/java").resolve(file);
        return Files.exists(here) ? here : root().resolve("providers/src/test/java").resolve(file);
    }

    /** A row of the table in {@code docs/testing.md}. */
    String row() {
        return "| %s | `%s`: `%s` → `%s` | `%s.%s` |"
                .formatted(
                        rule,
                        name(source.replace(".java", ""), '/'),
                        cell(text),
                        cell(replacement),
                        name(testClass, '.'),
                        testMethod);
    }

    private static String name(String path, char separator) {
        return path.substring(path.lastIndexOf(separator) + 1);
    }

    private static String cell(String code) {
        return code.replace("|", "\\|");
    }

    static Path root() {
        return Workspace.current().realmJson().toAbsolutePath().getParent().getParent();
    }

    @Override
    public String toString() {
        return id;
    }
}
