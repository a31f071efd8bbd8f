// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Classes with servers of their own say so, and the others do not. */
class OwnServerTest {

    private static final Path SOURCES = Path.of("src", "test", "java");

    private static final Pattern STARTS_A_SERVER =
            Pattern.compile(
                    "\\.on\\(|Servers\\s*\\.start\\(|new Cluster\\(|ComposedServer\\.up\\(");

    /** This one, and the part that starts a cluster for the classes that use it. */
    private static final List<String> EXCEPT = List.of("OwnServerTest.java", "Cluster.java");

    @Test
    void everyClassThatStartsAServerIsMarked() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !EXCEPT.contains(file.getFileName().toString()))
                            .toList();

            assertThat(classes).isNotEmpty();
            assertThat(classes)
                    .allSatisfy(
                            file -> {
                                String source = Files.readString(file);
                                assertThat(source.contains("@OwnServer\n"))
                                        .as("%s has @OwnServer", file)
                                        .isEqualTo(STARTS_A_SERVER.matcher(source).find());
                            });
        }
    }
}
