// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each class that {@code docs/architecture.md} names is there. */
class ArchitectureDocTest {
    private static final Path DOC = Path.of("../docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java");

    /** In a diagram a class takes part, or a note says what it does; in the text it is code. */
    private static final Pattern CLASS =
            Pattern.compile(
                    "(?:participant |Note over \\w+: |`|\\()((?:[A-Z][a-z]+){2,})(?=[\\s:`),])");

    @Test
    void everyClassOfTheDiagramsExists() throws IOException {
        Set<String> named =
                CLASS.matcher(Files.readString(DOC))
                        .results()
                        .map(match -> match.group(1))
                        .filter(name -> !name.endsWith("Test"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(25);
        assertThat(classes()).containsAll(named);
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
