// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundles against each other, and what counts as a variable. */
class TextsTest {

    static final List<String> LANGUAGES =
            List.of(
                    "de", "fr", "es", "it", "pt_BR", "nl", "pl", "tr", "uk", "ja", "zh_CN", "ar",
                    "he");

    private static final Path MESSAGES =
            Path.of("../themes/src/main/resources/theme-resources/messages");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z]+}");

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void everyBundleHasEveryTextWithItsVariablesInItsOwnWords(String language) throws IOException {
        Properties english = bundle("en");
        Properties other = bundle(language);

        assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        SoftAssertions softly = new SoftAssertions();
        for (String key : english.stringPropertyNames()) {
            softly.assertThat(variables(other.getProperty(key)))
                    .as(key)
                    .isEqualTo(variables(english.getProperty(key)));
            softly.assertThat(other.getProperty(key))
                    .as(key)
                    .isNotBlank()
                    .isNotEqualTo(english.getProperty(key));
        }
        softly.assertAll();
    }

    @Test
    void everyTextIsWellFormed() throws IOException {
        Properties english = bundle("en");

        assertThat(english.stringPropertyNames())
                .allMatch(key -> Texts.isWellFormed(english.getProperty(key)));
    }

    @Test
    void everyTextIsExplainedToAdmins() throws IOException {
        String doc = Files.readString(Path.of("../docs/texts.md"));

        assertThat(bundle("en").stringPropertyNames())
                .allSatisfy(key -> assertThat(doc).contains("`" + key + "`"));
        assertThat(Texts.VARIABLES)
                .allSatisfy(name -> assertThat(doc).contains("`${" + name + "}`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${appNam}", "${appName", "${}", "a ${app.name} b", "${ appName }"})
    void unknownOrUnclosedVariablesAreBroken(String text) {
        assertThat(Texts.isWellFormed(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${appName}", "{0} $5 } {", "$ {appName}", ""})
    void anythingElseIsText(String text) {
        assertThat(Texts.isWellFormed(text)).isTrue();
    }

    @Test
    void valuesAreNeverReadAsVariables() {
        assertThat(
                        Texts.substitute(
                                "${appName}|${bindingMessage}|${userName}",
                                Map.of("appName", "${userName}", "bindingMessage", "$1\\")))
                .isEqualTo("${userName}|$1\\|");
    }

    private static Set<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties bundle(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader file =
                Files.newBufferedReader(MESSAGES.resolve("messages_" + language + ".properties"))) {
            texts.load(file);
        }
        return texts;
    }
}
