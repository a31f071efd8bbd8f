// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its short form: it fails on a wrong answer, and never on a time. */
@OwnServer
@EnabledIfSystemProperty(
        named = "it.servers",
        matches = "true",
        disabledReason = "starts two servers for figures that no user sees: ./mvnw -Pservers")
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "what the servers call listens on loopback")
class BenchmarkIT {

    @Test
    void everyFigureOfTheBenchmarkCanBeMeasured(@TempDir Path folder) throws Exception {
        StockAndPack.run(Scale.smoke(), folder);

        assertThat(folder.resolve("README.md"))
                .content()
                .contains("poll of a pending request", "start of a request", "mails/s")
                .contains("40 relying parties wait for a decision");
        assertThat(folder).isDirectoryContaining("glob:**.svg");
        assertThat(Files.readString(folder.resolve("poll-of-a-pending-request-calls-s.svg")))
                .startsWith("<svg ")
                .endsWith("</svg>\n");
    }
}
