// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code docs/providers.md} lists what the JAR brings, all of it and nothing else. */
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "Keycloak's classes are in the container, not on this machine")
class ProviderListIT {

    /** How a class file names the annotation of JAX-RS that makes it part of the whole server. */
    private static final String PROVIDER = "Ljakarta/ws/rs/ext/Provider;";

    @NeedsKeycloak(value = "26.7", because = "before, it does not ask for all of them")
    @Test
    void everyProviderIsListedWithWhetherItReplacesOne() throws Exception {
        assertThat(ProviderTable.documented().stream().map(ProviderTable.Row::provider))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(PackProviders.ofTheJar());
    }

    @Test
    void everyRowSaysWhatStaysTheSameAndHowToSwitchItOff() {
        assertThat(ProviderTable.documented())
                .allSatisfy(
                        row -> {
                            assertThat(row.use()).as(row.toString()).isNotBlank();
                            assertThat(row.unaffected()).as(row.toString()).isNotBlank();
                            assertThat(row.off()).as(row.toString()).isNotBlank();
                        });
    }

    @Test
    void everyFilterOfTheWholeServerIsNamed() throws IOException {
        Set<String> filters = new TreeSet<>();
        try (JarFile jar = new JarFile(Workspace.current().packJar().toFile())) {
            List<JarEntry> own =
                    jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .filter(entry -> !entry.getName().contains("/shaded/"))
                            .toList();
            assertThat(own).isNotEmpty();
            for (JarEntry entry : own) {
                byte[] bytes = jar.getInputStream(entry).readAllBytes();
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(PROVIDER)) {
                    filters.add(Path.of(entry.getName()).getFileName().toString());
                }
            }
        }
        String doc = Files.readString(ProviderTable.FILE);

        assertThat(filters)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(doc).contains(file.replace(".class", "")));
    }
}
