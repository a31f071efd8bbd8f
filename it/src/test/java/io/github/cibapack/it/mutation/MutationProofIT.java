// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mutation.SingleTest.Result;
import io.github.cibapack.it.server.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks each rule of the list in turn and runs its test, in a JVM and on a server of its own, with
 * nothing else changed. {@code -Dit.mutations.only=id,id} runs some of them.
 */
@EnabledIfSystemProperty(
        named = "it.mutations",
        matches = "true",
        disabledReason = "takes twenty minutes: ./mvnw -Pmutations")
class MutationProofIT {

    private static final int TIME_LIMIT_MINUTES = 10;

    static Stream<Mutation> wanted() {
        List<String> only =
                Arrays.stream(System.getProperty("it.mutations.only", "").split(","))
                        .filter(id -> !id.isBlank())
                        .toList();
        return Mutation.all().stream()
                .filter(mutation -> only.isEmpty() || only.contains(mutation.id()));
    }

    @ParameterizedTest
    @MethodSource("wanted")
    @Timeout(value = TIME_LIMIT_MINUTES + 1, unit = TimeUnit.MINUTES)
    void testOfABrokenRuleTurnsRed(Mutation mutation, @TempDir Path directory)
            throws IOException, InterruptedException {
        MutatedPack pack = MutatedPack.of(mutation, directory);
        Path result = directory.resolve("result");
        Path log = directory.resolve("log");
        Process run =
                new ProcessBuilder(command(mutation, pack, directory, result))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(run.waitFor(TIME_LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            run.destroy();
        }

        assertThat(result).as(Files.readString(log)).exists();
        String[] outcome = Files.readString(result).split("\n", 2);
        System.err.printf("[mutation] %s: %s %s%n", mutation.id(), outcome[0], firstLine(outcome));
        assertThat(Result.valueOf(outcome[0]))
                .as(
                        "%s, broken in %s: %s%n%s",
                        mutation.rule(), mutation.source(), outcome[1], Files.readString(log))
                .isEqualTo(Result.RED);
    }

    private static String firstLine(String[] outcome) {
        return outcome[1].lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    private static List<String> command(
            Mutation mutation, MutatedPack pack, Path directory, Path result) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.httpclient.allowRestrictedHeaders=host",
                "-Dit.pack.jar=" + pack.jar(),
                "-Dit.target=" + directory.resolve("target"),
                "-Dit.browser=" + System.getProperty("it.browser", ""),
                "-cp",
                classPath(mutation, pack),
                SingleTest.class.getName(),
                mutation.testClass(),
                mutation.testMethod(),
                result.toString());
    }

    /** The class that was changed comes first; a unit test finds the pack's own libraries too. */
    private static String classPath(Mutation mutation, MutatedPack pack) throws IOException {
        String own =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        if (mutation.testSource().startsWith(Mutation.root().resolve("it"))) {
            return own;
        }
        Path unitTests = Workspace.current().unitTests();
        return Stream.concat(
                        Stream.of(pack.classes().toString(), unitTests.toString(), own),
                        MutatedPack.libraries().stream().map(File::getPath))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
