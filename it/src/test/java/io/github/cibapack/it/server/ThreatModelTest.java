// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test that the threat model and the security page name exists. */
class ThreatModelTest {
    private static final List<String> PAGES = List.of("docs/threat-model.md", "SECURITY.md");
    private static final List<String> TESTS =
            List.of("it/src/test/java", "providers/src/test/java");
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z]\\w+(?:IT|Test|Tests))(?:\\.(\\w+))?`");
    private static final Path ROOT =
            Workspace.current().realmJson().toAbsolutePath().getParent().getParent();

    static Stream<String> named() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String page : PAGES) {
            text.append(Files.readString(ROOT.resolve(page)));
        }
        return NAMED
                .matcher(text)
                .results()
                .map(match -> match.group().replace("`", ""))
                .distinct()
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("named")
    void testThatIsNamedExists(String name) throws IOException {
        String[] parts = name.split("\\.", 2);
        Optional<Path> source = source(parts[0] + ".java");

        assertThat(source).as(name).isPresent();
        if (parts.length > 1) {
            assertThat(Files.readString(source.get())).contains("void " + parts[1] + "(");
        }
    }

    private static Optional<Path> source(String file) throws IOException {
        for (String folder : TESTS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                Optional<Path> found =
                        files.filter(path -> path.getFileName().toString().equals(file))
                                .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
