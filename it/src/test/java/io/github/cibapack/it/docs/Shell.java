// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A terminal: what one block sets, the next one has. The first command that fails ends it, and the
 * test with it.
 */
final class Shell implements AutoCloseable {

    private static final String DONE = "-- done --";

    private final Path directory;
    private final Process process;
    private final Writer commands;
    private final BufferedReader printed;

    private Shell(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.printed = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Opens one in this folder. */
    static Shell in(Path directory, Map<String, String> environment) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu").directory(directory.toFile());
        bash.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        bash.environment().putAll(environment);
        bash.redirectError(directory.resolve("shell.err").toFile());
        try {
            return new Shell(directory, bash.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the commands print; they are typed by nobody, so there is no input. */
    String run(String script) {
        Path file = directory.resolve("block.sh");
        Path output = directory.resolve("block.out");
        try {
            Files.writeString(file, script);
            commands.write(
                    "source %s >%s 2>&1 </dev/null; echo '%s'\n".formatted(file, output, DONE));
            commands.flush();
            String line = printed.readLine();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(line).as("%s\nprinted:\n%s", script, said).isEqualTo(DONE);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins commands that do not end by themselves. */
    void begin(String script, Path log) {
        try {
            Path file = directory.resolve("begun.sh");
            Files.writeString(file, script);
            commands.write("source %s >%s 2>&1 </dev/null\n".formatted(file, log));
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command has failed. */
    boolean isOver() {
        return !process.isAlive();
    }

    /** Ends it with all that it has started. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        started.forEach(ProcessHandle::destroy);
        process.destroy();
        started.forEach(child -> child.onExit().join());
        process.onExit().join();
    }
}
