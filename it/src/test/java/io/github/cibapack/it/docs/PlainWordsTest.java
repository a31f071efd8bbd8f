// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Readers meet the field's words, not those of the people who wrote the pack. */
class PlainWordsTest {

    /** What CONTRIBUTING.md advises against, as it was once written. */
    private static final List<Pattern> PRIVATE =
            Stream.of(
                            "\\bthe house\\b",
                            "\\bground floor\\b",
                            "\\brooms\\b",
                            "\\bdoors?\\b",
                            "\\bdocumented (provider|endpoints?)\\b",
                            "(; |\\n)who wants\\b",
                            "\\bwhoever\\b",
                            "\\ba nobody\\b",
                            "\\b(for|means|names|of) nobody\\b",
                            "\\bnobody (decides|decided|approves|else is written)\\b",
                            "\\bsomebody who\\b",
                            "\\bvalue that cannot be\\b(?! [a-z])",
                            "\\bvalue cannot be \\|",
                            "\\b(own|'s) affair\\b",
                            "\\bSo nobody\\b")
                    .map(word -> Pattern.compile(word, Pattern.CASE_INSENSITIVE))
                    .toList();

    private static final Path CONTRIBUTING = DocumentedPages.TOP.resolve("CONTRIBUTING.md");

    private static final Path ENGLISH =
            DocumentedPages.TOP.resolve(
                    "themes/src/main/resources/theme-resources/messages/messages_en.properties");

    @Test
    void noPrivateWordIsInThePagesAndTexts() {
        List<Path> read = new ArrayList<>(DocumentedPages.all());
        read.remove(CONTRIBUTING);
        read.add(ENGLISH);
        read.add(DocumentedPages.TOP.resolve("docs/admin-openapi.yaml"));

        assertThat(read.stream().flatMap(PlainWordsTest::found)).isEmpty();
    }

    /** The word list itself names what it advises against, in italics. */
    @Test
    void wordListKeepsToItself() {
        String text = DocumentedPages.text(CONTRIBUTING).replaceAll("\\*[^*\n]+\\*", "");

        assertThat(PRIVATE).noneMatch(word -> word.matcher(text).find());
    }

    private static Stream<String> found(Path page) {
        String text = DocumentedPages.text(page).replaceAll("`[^`\n]*`", "`code`");
        return PRIVATE.stream()
                .flatMap(word -> word.matcher(text).results())
                .map(match -> DocumentedPages.TOP.relativize(page) + ": " + match.group());
    }
}
