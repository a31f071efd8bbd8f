// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of {@code relying-party.mjs}: the npm package openid-client in a process of its own. */
final class NodeRelyingParty implements AutoCloseable {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path INSTALLED = Path.of("target", "node");
    private static final String SCRIPT = "relying-party.mjs";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final BufferedReader said;

    private NodeRelyingParty(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Installs the package, in the versions of the lock file.
     *
     * @throws IllegalStateException without Node.js and npm: who asks for these tests must not get
     *     a green run without them
     */
    static void install() {
        try {
            Files.createDirectories(INSTALLED);
            for (String file : List.of("package.json", "package-lock.json", SCRIPT)) {
                Files.copy(
                        SOURCES.resolve(file),
                        INSTALLED.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            File log = INSTALLED.resolve("npm.log").toFile();
            Process npm =
                    new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                            .directory(INSTALLED.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .start();
            if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IllegalStateException("npm ci failed: " + Files.readString(log.toPath()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("These tests need Node.js with npm", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while npm ran", e);
        }
    }

    /** Starts with this task, which the script describes. */
    static NodeRelyingParty run(JsonNode task) {
        try {
            Process process =
                    new ProcessBuilder("node", SCRIPT)
                            .directory(INSTALLED.toFile())
                            .redirectError(INSTALLED.resolve("error.log").toFile())
                            .start();
            try (var in = process.getOutputStream()) {
                MAPPER.writeValue(in, task);
            }
            return new NodeRelyingParty(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next thing that it says; waits for it. */
    JsonNode says() {
        try {
            String line = said.readLine();
            if (line == null) {
                throw new AssertionError(
                        "It said nothing more: "
                                + Files.readString(INSTALLED.resolve("error.log")));
            }
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
