// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test that is skipped tells its reader why, and what to do so that it runs. */
class SkippedTestsTest {

    private static final Path SOURCES = Path.of("src", "test", "java");

    private static final Pattern CONDITION =
            Pattern.compile("@(?:Enabled|Disabled)[A-Za-z]*(?:\\([^)]*\\))?");

    @Test
    void everyConditionHasItsReason() throws IOException {
        List<String> conditions = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith("IT.java")) {
                    CONDITION
                            .matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .forEach(found -> conditions.add(file.getFileName() + ": " + found));
                }
            }
        }

        assertThat(conditions).isNotEmpty();
        assertThat(conditions).allMatch(condition -> condition.contains("disabledReason = \""));
    }
}
