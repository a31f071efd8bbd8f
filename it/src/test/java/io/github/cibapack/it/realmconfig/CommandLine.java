// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.realmconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program as an admin does. */
final class CommandLine {

    private CommandLine() {}

    /**
     * What the program printed, once it has ended well.
     *
     * @throws AssertionError where it ends with another exit code, or not within two minutes
     */
    static String run(Map<String, String> environment, String... command) {
        try {
            Path printed = Files.createTempFile("it-command-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(printed.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                boolean ended = process.waitFor(2, TimeUnit.MINUTES);
                String output = Files.readString(printed, StandardCharsets.UTF_8);
                assertThat(ended).as("%s ended; it printed: %s", command[0], output).isTrue();
                assertThat(process.exitValue()).as("%s: %s", command[0], output).isZero();
                return output;
            } finally {
                process.destroyForcibly();
                Files.delete(printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command[0] + " ran", e);
        }
    }
}
