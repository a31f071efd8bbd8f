// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.docs.DocumentedPages.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages can be found and followed, and each of their commands has a test. */
class DocsTest {

    private static final int README_LINES = 150;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Path DOCS = DocumentedPages.TOP.resolve("docs");

    @Test
    void readmeIsReadInTenMinutes() {
        assertThat(DocumentedPages.text(DocumentedPages.TOP.resolve("README.md")).lines())
                .hasSizeLessThanOrEqualTo(README_LINES);
    }

    @Test
    void everyShellBlockIsRunByATestOrSaysWhyNot() {
        assertThat(DocumentedPages.blocks())
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        block ->
                                assertThat(block.name().isPresent() || block.saysWhyItIsNotRun())
                                        .as("%s:\n%s", block.page(), block.script())
                                        .isTrue());
    }

    @Test
    void everyBlockThatIsCalledTestedIsNamedByOneTest() throws IOException {
        List<String> names =
                DocumentedPages.blocks().stream()
                        .map(Block::name)
                        .flatMap(Optional::stream)
                        .toList();
        String tests = sourcesOfTests();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(tests).contains("\"" + name + "\""));
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Path page : DocumentedPages.all()) {
            LINK.matcher(FENCED.matcher(DocumentedPages.text(page)).replaceAll(""))
                    .results()
                    .map(found -> found.group(1))
                    .filter(link -> !leadsSomewhere(page, link))
                    .forEach(link -> dead.add(DocumentedPages.TOP.relativize(page) + ": " + link));
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyPageStandsInTheIndex() throws IOException {
        Path index = DOCS.resolve("README.md");
        String text = DocumentedPages.text(index);
        try (Stream<Path> files = Files.list(DOCS)) {
            assertThat(files.filter(file -> file.toString().endsWith(".md") && !file.equals(index)))
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(text).contains("(" + page.getFileName()));
        }
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || !target.toString().endsWith(".md")
                || anchors(target).contains(parts[1]);
    }

    /** The names that GitHub gives to the headings of a page. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(FENCED.matcher(DocumentedPages.text(page)).replaceAll(""))
                .results()
                .map(found -> anchor(found))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .strip()
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String sourcesOfTests() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    (Iterable<Path>)
                            files.filter(path -> path.toString().endsWith("IT.java"))::iterator) {
                sources.append(Files.readString(file));
            }
        }
        return sources.toString();
    }
}
