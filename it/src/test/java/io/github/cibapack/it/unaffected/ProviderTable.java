// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of {@code docs/providers.md}. */
final class ProviderTable {

    static final Path FILE = Path.of("../docs/providers.md");

    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `([^`|]+)` \\| `([^`|]+)` \\| (adds|replaces) \\| ([^|]*) \\| ([^|]*)"
                            + " \\| ([^|]*) \\|$");

    private static final Pattern OPTION = Pattern.compile("`(--spi-[^`]+)`");

    /**
     * A row.
     *
     * @param provider what it is about
     * @param use what the provider is for
     * @param unaffected what stays the same for who does not use it
     * @param off how to switch it off
     */
    record Row(PackProviders.Entry provider, String use, String unaffected, String off) {

        /** The build options that switch it off; empty if none does. */
        List<String> options() {
            return OPTION.matcher(off).results().map(found -> found.group(1)).toList();
        }
    }

    private ProviderTable() {}

    static List<Row> documented() {
        try {
            List<Row> rows =
                    ROW.matcher(Files.readString(FILE)).results().map(ProviderTable::row).toList();
            assertThat(rows).isNotEmpty();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(MatchResult found) {
        return new Row(
                new PackProviders.Entry(
                        found.group(1), found.group(2), found.group(3).equals("replaces")),
                found.group(4),
                found.group(5),
                found.group(6));
    }
}
