// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * What the deployable JAR carries: all of it is the pack's own, or named, licensed and moved into
 * the pack's own packages. Keycloak loads all extensions with one class loader, so that of two
 * classes with one name the first one found is taken.
 */
class SupplyChainIT {
    private static final Path TOP = Path.of("..");
    private static final String OWN = "io/github/cibapack/";
    private static final String SHADED = OWN + "shaded/";
    private static final Pattern RELOCATION =
            Pattern.compile("<shadedPattern>io\\.github\\.cibapack\\.shaded\\.([a-z0-9]+)</");
    private static final Pattern INCLUDE = Pattern.compile("<include>([^<:]+:[^<]+)</include>");

    /** What may go into a JAR under the Apache License 2.0 without a further condition. */
    private static final Set<String> LICENCES =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause");

    @Test
    void noClassIsOutsideOfThePacksOwnPackages() throws IOException {
        assertThat(entries())
                .filteredOn(name -> name.endsWith(".class"))
                .hasSizeGreaterThan(500)
                .allMatch(name -> name.startsWith(OWN));
    }

    /** A file that another extension has too would be taken in its place. */
    @Test
    void noFileLiesWhereAnotherExtensionHasItsOwn() throws IOException {
        assertThat(entries())
                .filteredOn(name -> !name.startsWith(OWN))
                .allSatisfy(
                        name ->
                                assertThat(name)
                                        .matches(
                                                "META-INF/(MANIFEST\\.MF|LICENSE|NOTICE)"
                                                    + "|META-INF/keycloak-ciba-pack/.+"
                                                    + "|META-INF/services/org\\.keycloak\\..+"
                                                    + "|META-INF/services/io\\.github\\.cibapack\\..+"
                                                        // published rules of JSON Schema
                                                        + "|draft/2020-12/.+"
                                                        + "|jsv-messages\\.properties"
                                                        + "|theme-resources/messages/messages_.+"
                                                        + "|theme-resources/resources/ciba/.+"
                                                        + "|theme-resources/templates/.*ciba-.+"));
    }

    @Test
    void relocationListIsWhatIsInTheJar() throws IOException {
        Set<String> listed = found(RELOCATION);
        Set<String> carried =
                entries().stream()
                        .filter(name -> name.startsWith(SHADED))
                        .map(name -> Path.of(name.substring(SHADED.length())).getName(0).toString())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isNotEmpty();
        assertThat(carried).isEqualTo(listed);
    }

    @Test
    void billOfMaterialsNamesEachPartOnceWithALicenceThatMayBe() throws IOException {
        Set<String> included = found(INCLUDE);
        Set<String> named = new TreeSet<>();
        for (JsonNode component : components()) {
            String name = component.path("group").asText() + ":" + component.path("name").asText();
            named.add(name);
            List<String> licences =
                    StreamSupport.stream(component.path("licenses").spliterator(), false)
                            .map(licence -> licence.at("/license/id").asText())
                            .toList();
            assertThat(licences).as(name).isNotEmpty().allMatch(LICENCES::contains);
        }

        assertThat(named).containsAll(included);
    }

    /** JCIP's annotations lie within Nimbus JOSE + JWT. */
    @Test
    void noticeTellsOfEachPart() throws IOException {
        String notice = Files.readString(TOP.resolve("NOTICE"));

        assertThat(found(RELOCATION))
                .allSatisfy(
                        name -> assertThat(notice).contains("io.github.cibapack.shaded." + name));
        assertThat(notice)
                .contains("JOSE + JWT", "OAuth 2.0 SDK", "Content Type", "LangTag", "JCIP")
                .contains("JSON-SMART", "Accessors", "ASM", "Failsafe", "Commons Pool")
                .contains("structured-fields", "Gson");
    }

    private static Set<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(TOP.resolve("providers/pom.xml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(Workspace.current().packJar().toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> !name.endsWith("/"))
                    .toList();
        }
    }

    private static JsonNode components() throws IOException {
        Path folder = Workspace.current().packJar().getParent();
        try (DirectoryStream<Path> boms = Files.newDirectoryStream(folder, "*-sbom.json")) {
            return Json.parse(Files.readString(boms.iterator().next())).path("components");
        }
    }
}
