// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The one Java process that is a Keycloak. Not {@code kc.sh}: the script starts a second process,
 * which would stay behind when the first one is killed.
 */
final class ServerCommand {

    /**
     * A test server lives for seconds or minutes: optimizing its code would take half of the
     * processor time that it uses. The system property {@code it.server.java-options} has other
     * options, which benchmarks use.
     */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final List<String> command;
    private final Path home;
    private final Map<String, String> environment;

    private ServerCommand(Path home, List<String> command, Map<String, String> environment) {
        this.home = home;
        this.command = command;
        this.environment = environment;
    }

    static ServerCommand in(Path home) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Arrays.stream(System.getProperty("it.server.java-options", SHORT_LIVED).split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(java::add);
        java.addAll(
                List.of(
                        "-Xms64m",
                        "-Xmx512m",
                        "-Dkc.home.dir=" + home,
                        "-Djboss.server.config.dir=" + home.resolve("conf"),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                            + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        home.resolve("lib").resolve("quarkus-run.jar").toString(),
                        "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        return new ServerCommand(home, java, Map.of());
    }

    ServerCommand arguments(String... arguments) {
        return arguments(List.of(arguments));
    }

    ServerCommand arguments(List<String> arguments) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(arguments);
        return new ServerCommand(home, longer, environment);
    }

    ServerCommand environment(Map<String, String> variables) {
        return new ServerCommand(home, command, variables);
    }

    /** Starts the process; what it prints goes to {@code log}, which is written anew. */
    Process start(Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        // Options of the machine must not reach the server under test.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("KC_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException("No Java process: " + command.get(0), e);
        }
    }
}
