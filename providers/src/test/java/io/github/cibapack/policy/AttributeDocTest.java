// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The attributes that the code reads and {@code docs/configuration.md} agree. */
class AttributeDocTest {
    private static final Path DOC = Path.of("../docs/configuration.md");
    private static final String END = "<!-- end -->";
    private static final String HEAD =
            """
            | JSON name | type | default | range | meaning |
            | --- | --- | --- | --- | --- |
            """;

    @Test
    void codeReadsWhatIsDeclaredAndNothingElse() throws IOException {
        Set<String> declared = new TreeSet<>();
        for (Attribute attribute : Attribute.ALL) {
            assertThat(declared.add(attribute.name())).as(attribute.name()).isTrue();
        }
        declared.removeIf(name -> !name.startsWith("ciba."));

        assertThat(ConfigurationDocTest.attributes()).isEqualTo(declared);
    }

    @Test
    void tablesOfAttributesAreWhatIsDeclared() throws IOException {
        String written = Files.readString(DOC);
        String declared = written;
        for (Attribute.Owner owner : Attribute.Owner.values()) {
            String mark = "<!-- attributes of " + owner.name().toLowerCase(Locale.ROOT);
            declared =
                    withTable(
                            declared,
                            mark + " -->\n",
                            table(HEAD, Attribute::row, attributes -> attributes.owner() == owner));
        }
        check(DOC, written, declared);
    }

    private static void check(Path file, String written, String declared) throws IOException {
        if (System.getProperty("docs.update") != null) {
            Files.writeString(file, declared);
            return;
        }
        assertThat(written)
                .as(file.getFileName() + "; -Ddocs.update=true brings it up to date")
                .isEqualTo(declared);
    }

    private static String table(
            String head, Function<Attribute, String> row, Predicate<Attribute> wanted) {
        List<String> rows = Attribute.ALL.stream().filter(wanted).map(row).toList();
        return rows.stream().collect(Collectors.joining("\n", head, "\n"));
    }

    private static String withTable(String text, String mark, String table) {
        int start = text.indexOf(mark);
        assertThat(start).as(mark).isNotNegative();
        int begin = start + mark.length();
        return text.substring(0, begin) + table + text.substring(text.indexOf(END, begin));
    }
}
