// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged JAR on each version of Keycloak, with the tests that meet most of what differs
 * between them; writes the table in the README. {@code -Dit.versions.only=26.7.0,26.5.6} runs some.
 */
@EnabledIfSystemProperty(
        named = "it.versions",
        matches = "true",
        disabledReason = "downloads six distributions and takes an hour: ./mvnw -Pversions")
@Execution(ExecutionMode.SAME_THREAD)
class VersionsIT {
    private static final int TIME_LIMIT_MINUTES = 60;
    private static final String TESTS = "io.github.cibapack.it.";

    /**
     * The main job on both pairs of endpoints, and each place that a class chosen by version has.
     */
    private static final List<String> REPRESENTATIVE =
            List.of(
                    "server.SmokeIT",
                    "links.LinksIT",
                    "links.ByVersionIT",
                    "contract.MainJobIT",
                    "contract.NativeEndpointIT",
                    "contract.RedemptionIT",
                    "contract.LongPollIT",
                    "discovery.DiscoveryIT",
                    "approval.LoginModeIT",
                    "consent.ScopeOfUserIT",
                    "consent.ConsentListIT",
                    "consent.ParameterizedScopesIT",
                    "onetime.OneTimeRuleIT",
                    "onetime.HeldCheckIT",
                    "registration.ClientRegistrationIT");

    private final VersionTable table = new VersionTable(Path.of("..", "README.md"));

    static Stream<String> versions() {
        List<String> only = list("it.versions.only");
        return list("it.versions.all").stream()
                .filter(version -> only.isEmpty() || only.contains(version));
    }

    @ParameterizedTest
    @MethodSource("versions")
    @Timeout(value = TIME_LIMIT_MINUTES + 1, unit = TimeUnit.MINUTES)
    void packDoesItsJob(String version, @TempDir Path folder) throws Exception {
        Path distribution = distribution(version);
        List<String> result = run(version, distribution, folder);
        String limits = LinkCheck.of(distribution.resolve("lib")).limits();

        table.write(
                version, "%s of %s tests passed".formatted(result.get(0), result.get(1)), limits);
        assertThat(result.subList(2, result.size())).as(version).isEmpty();
    }

    /** Of a version that is still to come, what has been published already. */
    @Test
    void linksAreCheckedAgainstWhatIsPublishedOfTheNextVersion() throws Exception {
        String next = System.getProperty("it.versions.next");
        Path target = Workspace.current().target();
        LinkCheck check =
                LinkCheck.of(
                        target.resolve("published/keycloak-core-" + next + ".jar"),
                        target.resolve("published/keycloak-common-" + next + ".jar"),
                        Workspace.current().distribution().resolve("lib"));

        table.write(
                next,
                "not tested; links checked as far as published (`keycloak-core`,"
                        + " `keycloak-common`)",
                check.limits().isEmpty() ? "nothing found" : check.limits());
        assertThat(check.status()).as(check.output()).isZero();
    }

    private static List<String> run(String version, Path distribution, Path folder)
            throws IOException, InterruptedException {
        Path result = folder.resolve("result");
        Path log = Workspace.current().target().resolve("version-" + version + ".log");
        Process run =
                new ProcessBuilder(command(version, distribution, result))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(run.waitFor(TIME_LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            run.destroy();
        }
        assertThat(result).as("see " + log).exists();
        return Files.readAllLines(result);
    }

    private static List<String> command(String version, Path distribution, Path result) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djdk.httpclient.allowRestrictedHeaders=host",
                                "-Dit.keycloak.version=" + version,
                                "-Dit.keycloak.dist=" + distribution,
                                "-Dit.pack.jar=" + Workspace.current().packJar(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChildRun.class.getName(),
                                result.toString()),
                        REPRESENTATIVE.stream().map(TESTS::concat))
                .toList();
    }

    private static Path distribution(String version) {
        return Workspace.current().target().resolve("keycloak-dist").resolve("keycloak-" + version);
    }

    private static List<String> list(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .filter(entry -> !entry.isBlank())
                .toList();
    }
}
