// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.services.ui.extend.UiPageProviderFactory;

/** {@code docs/configuration.md} tells of every setting what the code declares. */
class ConfigurationDocTest {
    private static final Path DOC = Path.of("../docs/configuration.md");
    private static final String HEAD =
            """
            | JSON name | type | default | range | meaning |
            | --- | --- | --- | --- | --- |
            """;
    private static final Path SOURCES = Path.of("src/main/java");

    /** Names of meters are no settings; docs/audit.md has them. */
    private static final Pattern METER =
            Pattern.compile(
                    "ciba\\.(webhooks.*|requests|polls|redemptions|decisions|pending|gateway.*|onetime|mails.*|time\\..*)");

    /** Names of spans are none either; docs/what-to-watch.md has them. */
    private static final Path SPANS = Path.of("audit", "TracedStep.java");

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\"(ciba\\.[a-z][a-z0-9.-]*[a-z0-9])\"");

    @Test
    void tablesOfComponentsAreWhatTheCodeDeclares() throws IOException {
        String written = Files.readString(DOC);
        String declared = written;
        for (SettingsComponentFactory factory : factories()) {
            declared = withTable(declared, factory);
        }
        if (System.getProperty("docs.update") != null) {
            Files.writeString(DOC, declared);
            return;
        }
        assertThat(written)
                .as("docs/configuration.md; -Ddocs.update=true brings it up to date")
                .isEqualTo(declared);
    }

    @Test
    void everyAttributeIsNamed() throws IOException {
        String doc = Files.readString(DOC);
        Set<String> missing = new TreeSet<>();
        for (String attribute : attributes()) {
            if (!doc.contains("`" + attribute + "`")) {
                missing.add(attribute);
            }
        }
        assertThat(missing).as("attributes that docs/configuration.md does not name").isEmpty();
    }

    /** The document with the table between the marks of a kind of component made anew. */
    private static String withTable(String doc, SettingsComponentFactory factory) {
        String begin = "<!-- settings of " + factory.getId() + " -->\n";
        String end = "<!-- end -->";
        int start = doc.indexOf(begin);
        assertThat(start).as("mark of " + factory.getId()).isNotNegative();
        String rows =
                factory.settings().stream()
                        .map(ConfigurationDocTest::row)
                        .collect(Collectors.joining("\n", HEAD, "\n"));
        return doc.substring(0, start + begin.length())
                + rows
                + doc.substring(doc.indexOf(end, start));
    }

    /** A row of the documentation, as the code would write it. */
    private static String row(Setting<?> setting) {
        String fallback =
                setting.writtenFallback().isEmpty() ? "–" : "`" + setting.writtenFallback() + "`";
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        setting.key(),
                        setting.type().toLowerCase(Locale.ROOT),
                        fallback,
                        setting.range(),
                        setting.help());
    }

    private static List<SettingsComponentFactory> factories() {
        return ServiceLoader.load(UiPageProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(SettingsComponentFactory.class::isInstance)
                .map(SettingsComponentFactory.class::cast)
                .toList();
    }

    /** The attributes that stand in the code as literals. */
    static Set<String> attributes() throws IOException {
        Set<String> attributes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> !path.endsWith(SPANS))
                            .toList()) {
                Matcher found = ATTRIBUTE.matcher(Files.readString(file));
                while (found.find()) {
                    if (!METER.matcher(found.group(1)).matches()) {
                        attributes.add(found.group(1));
                    }
                }
            }
        }
        return attributes;
    }
}
