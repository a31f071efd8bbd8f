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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.services.ui.extend.UiPageProviderFactory;

/** {@code docs/configuration.md} tells of every setting what the code declares. */
class ConfigurationDocTest {
    private static final Path DOC = Path.of("../docs/configuration.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\"(ciba\\.[a-z][a-z0-9.-]*[a-z0-9])\"");

    @Test
    void everySettingOfAComponentHasItsRow() throws IOException {
        String doc = Files.readString(DOC);
        for (SettingsComponentFactory factory : factories()) {
            assertThat(doc).contains("`" + factory.getId() + "`");
            write(factory);
            for (Setting<?> setting : factory.settings()) {
                assertThat(doc).contains(row(setting));
            }
        }
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

    /** Leaves the rows in {@code target}, from where they are copied when a setting changes. */
    private static void write(SettingsComponentFactory factory) throws IOException {
        Path rows = Path.of("target/configuration", factory.getId() + ".md");
        Files.createDirectories(rows.getParent());
        Files.write(rows, factory.settings().stream().map(ConfigurationDocTest::row).toList());
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

    private static Set<String> attributes() throws IOException {
        Set<String> attributes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher found = ATTRIBUTE.matcher(Files.readString(file));
                while (found.find()) {
                    attributes.add(found.group(1));
                }
            }
        }
        return attributes;
    }
}
