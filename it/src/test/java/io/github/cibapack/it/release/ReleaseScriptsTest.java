// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that a release consists of, run on a copy of the files that they read. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Bash scripts")
class ReleaseScriptsTest {

    private static final Path TOP = Path.of("..");
    private static final List<String> FILES =
            List.of(
                    ".ci/release-check",
                    ".ci/release-notes",
                    ".ci/prepare-release",
                    "pom.xml",
                    "themes/pom.xml",
                    "providers/pom.xml",
                    "it/pom.xml",
                    "compose.yaml",
                    "docs/kubernetes/keycloak.yaml",
                    "docs/kubernetes/values.yaml",
                    "docs/container.md",
                    "README.md",
                    "CHANGELOG.md");

    private static final String FIXED_IN_2_10 =
            """
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.10"}]}]
            """;

    @TempDir private Path copy;

    private record Ended(int code, String printed) {}

    @BeforeEach
    void copy() throws IOException {
        for (String file : FILES) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(TOP.resolve(file), copy.resolve(file));
        }
    }

    @Test
    void nextReleaseCanBePrepared() throws Exception {
        succeed(".ci/release-check");
    }

    @Test
    void versionThatIsNotPreparedIsNotReleased() throws Exception {
        Ended early = run(".ci/release-check", "0.1.0");
        Ended unknown = run(".ci/release-check", "9.9.9");
        Ended strange = run(".ci/release-check", "1.0");

        assertThat(early.code()).isNotZero();
        assertThat(early.printed()).contains("pom.xml has version", "has no date");
        assertThat(unknown.code()).isNotZero();
        assertThat(unknown.printed()).contains("CHANGELOG.md has no section for 9.9.9");
        assertThat(strange.printed()).contains("is not a version");
    }

    @Test
    void oneReleaseFollowsAnother() throws Exception {
        succeed(".ci/prepare-release", "0.1.0");
        succeed(".ci/release-check", "0.1.0");
        assertThat(text("README.md")).doesNotContain("no release yet");

        succeed(".ci/prepare-release", "0.2.0-SNAPSHOT");
        succeed(".ci/release-check");
        assertThat(text("it/pom.xml")).contains("<version>0.2.0-SNAPSHOT</version>");
        assertThat(text("README.md")).contains("keycloak-ciba-pack:0.1.0");
        assertThat(run(".ci/release-check", "0.2.0").printed()).contains("for 0.2.0 is empty");

        String changed = text("CHANGELOG.md").replace("not released\n", "not released\n\n- One.\n");
        Files.writeString(copy.resolve("CHANGELOG.md"), changed);
        succeed(".ci/prepare-release", "0.2.0");
        succeed(".ci/release-check", "0.2.0");
        assertThat(text("README.md"))
                .contains("keycloak-ciba-pack:0.2.0", "keycloak-ciba-pack-0.2.0.jar")
                .doesNotContain("keycloak-ciba-pack-0.1.0");
        assertThat(succeed(".ci/release-notes", "0.2.0")).contains("- One.").doesNotContain("##");
        assertThat(succeed(".ci/release-notes", "0.1.0")).contains("### Added");
    }

    @Test
    void weaknessInWhatTheJarCarriesIsFound() throws Exception {
        Path sbom = copy.resolve("sbom.json");
        Files.writeString(
                sbom,
                """
                {"components": [{"purl": "pkg:maven/a/sound@1?type=jar"},
                                {"purl": "pkg:maven/a/weak@1?type=jar"}]}
                """);
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer osv = LoopbackHttp.onAnyPort();
        osv.createContext(
                "/v1/query",
                exchange -> {
                    String question =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    asked.add(question);
                    byte[] answer =
                            (question.contains("weak") ? "{\"vulns\":[{\"id\":\"GHSA-1\"}]}" : "{}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        osv.start();
        try {
            Ended ended =
                    run(
                            Map.of("OSV_URL", "http://127.0.0.1:" + osv.getAddress().getPort()),
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            TOP.resolve(".ci/Osv.java").toAbsolutePath().toString(),
                            sbom.toString());

            assertThat(ended.code()).as(ended.printed()).isEqualTo(1);
            assertThat(ended.printed()).contains("a/sound@1: none known", "a/weak@1: [GHSA-1]");
            assertThat(asked).hasSize(2).noneMatch(question -> question.contains("type=jar"));
        } finally {
            osv.stop(0);
        }
    }

    @Test
    void weaknessIsFoundInACopyOfTheAdvisoriesWithoutTheNetwork() throws Exception {
        Path sbom = copy.resolve("sbom.json");
        Files.writeString(
                sbom,
                """
                {"components": [{"purl": "pkg:maven/a/listed@1.2?type=jar"},
                                {"purl": "pkg:maven/a/fixed@2.10.0"},
                                {"purl": "pkg:maven/a/early@2.9.0"},
                                {"purl": "pkg:maven/a/late@2.10.1-RC1"},
                                {"purl": "pkg:maven/a/withdrawn@1"}]}
                """);
        Path advisories = copy.resolve("all.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(advisories))) {
            put(zip, "GHSA-1", "listed", "\"versions\": [\"1.1\", \"1.2\"]", "");
            put(zip, "GHSA-2", "fixed", FIXED_IN_2_10, "");
            put(zip, "GHSA-3", "early", FIXED_IN_2_10, "");
            put(zip, "GHSA-4", "late", FIXED_IN_2_10.replace("2.10", "2.10.1"), "");
            put(zip, "GHSA-5", "withdrawn", "\"versions\": [\"1\"]", "\"withdrawn\": \"2026\",");
        }

        Ended ended =
                run(
                        Map.of(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        TOP.resolve(".ci/Advisories.java").toAbsolutePath().toString(),
                        sbom.toString(),
                        advisories.toString());

        assertThat(ended.code()).as(ended.printed()).isEqualTo(1);
        assertThat(ended.printed())
                .contains("5 advisories")
                .contains("a:listed 1.2: [GHSA-1]", "a:fixed 2.10.0: none known")
                .contains("a:early 2.9.0: [GHSA-3]", "a:late 2.10.1-RC1: [GHSA-4]")
                .contains("a:withdrawn 1: none known");
    }

    private static void put(ZipOutputStream zip, String id, String name, String what, String more)
            throws IOException {
        zip.putNextEntry(new ZipEntry(id + ".json"));
        zip.write(
                """
                {"id": "%s", %s "summary": "a \\"quoted\\" \\u0041 word", "score": [1.5, null],
                 "affected": [{"package": {"ecosystem": "Maven", "name": "a:%s"}, %s}]}
                """
                        .formatted(id, more, name, what)
                        .getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String text(String file) throws IOException {
        return Files.readString(copy.resolve(file));
    }

    private String succeed(String script, String... arguments) throws Exception {
        Ended ended = run(script, arguments);
        assertThat(ended.code()).as(ended.printed()).isZero();
        return ended.printed();
    }

    private Ended run(String script, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 2];
        command[0] = "bash";
        command[1] = script;
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return run(Map.of(), command);
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(copy.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed);
    }
}
