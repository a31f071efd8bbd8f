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

/** Classes with servers of their own, or that move the clock, say so, and the others do not. */
class OwnServerTest {

    private static final Path SOURCES = Path.of("src", "test", "java");

    private static final Pattern STARTS_A_SERVER =
            Pattern.compile(
                    "\\.on\\(|Servers\\s*\\.start\\(|new Cluster\\(|ComposedServer\\.up\\("
                            + "|new ServerAndDatabase\\(|new SplitNodes\\("
                            + "|EmptyKeycloak\\.unpacked\\(|StockAndPack\\.run\\(");

    /** This one, and those that start servers for the classes that share them. */
    private static final List<String> EXCEPT =
            List.of(
                    "OwnServerTest.java",
                    "FeaturesServer.java",
                    "DatabaseNodes.java",
                    "ServerAndDatabase.java",
                    "TwoServers.java");

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
                                assertThat(source.contains("@MovesTheClock\n"))
                                        .as("%s has @MovesTheClock", file)
                                        .isEqualTo(source.contains("ClockServer::shared"));
                            });
        }
    }

    @Test
    void classesThatBeginFirstAreThere() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> classes =
                    files.map(file -> file.getFileName().toString().replace(".java", "")).toList();

            assertThat(LongestFirst.longest()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(classes).containsAll(LongestFirst.longest());
        }
    }
}
