// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.it.rp.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the forge runs can be read, names scripts that are there, and has no rights by default. */
class WorkflowsTest {

    private static final Path TOP = Path.of("..");

    /** A tag can be moved, a commit cannot. */
    private static final Pattern ACTION = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");

    private static final Pattern SCRIPT = Pattern.compile("\\.ci/[\\w.-]+");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(TOP.resolve(".github/workflows"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void actionsAreNamedByTheirCommit(Path workflow) throws IOException {
        List<String> actions = yaml(workflow).findValuesAsText("uses");

        assertThat(actions).isNotEmpty().allMatch(action -> ACTION.matcher(action).matches());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void scriptsAreThereAndCanBeRun(Path workflow) throws IOException {
        Matcher scripts = SCRIPT.matcher(Files.readString(workflow));

        assertThat(scripts.results().map(found -> TOP.resolve(found.group())))
                .allMatch(file -> file.toString().endsWith(".java") || Files.isExecutable(file))
                .allMatch(Files::exists);
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void nothingMayBeWrittenUnlessAJobSaysSo(Path workflow) throws IOException {
        JsonNode permissions = yaml(workflow).path("permissions");

        assertThat(permissions.size()).isEqualTo(1);
        assertThat(permissions.path("contents").asText()).isEqualTo("read");
    }

    @Test
    void updatesAreAskedForOfAllThatIsUsed() throws IOException {
        assertThat(
                        yaml(TOP.resolve(".github/dependabot.yml"))
                                .findValuesAsText("package-ecosystem"))
                .containsExactlyInAnyOrder("maven", "github-actions", "docker");
    }

    private static JsonNode yaml(Path file) throws IOException {
        return Json.MAPPER.valueToTree(new Yaml().<Object>load(Files.readString(file)));
    }
}
