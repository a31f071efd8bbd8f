// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The distribution from Maven Central as a child process on loopback. */
final class DistributionServer implements KeycloakServer {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration START_TIME_LIMIT = Duration.ofMinutes(6);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(20);

    private final URI baseUrl;
    private final URI managementUrl;
    private final Path log;
    private final Process process;
    private final Thread stopWithJvm;

    private DistributionServer(int httpPort, int managementPort, Path log, Process process) {
        this.baseUrl = URI.create("http://%s:%d".formatted(LOOPBACK, httpPort));
        this.managementUrl = URI.create("http://%s:%d".formatted(LOOPBACK, managementPort));
        this.log = log;
        this.process = process;
        this.stopWithJvm = new Thread(this::stop, "stop-keycloak-" + httpPort);
    }

    static DistributionServer start(
            Workspace workspace, ServerOptions options, Consumer<String> progress) {
        ServerHome home = ServerHome.built(workspace, options, progress);
        int httpPort = options.httpPort() == 0 ? FreePort.any() : options.httpPort();
        int managementPort = FreePort.any();
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        progress.accept("Starting Keycloak on port " + httpPort);
        Path log = newLog(workspace, httpPort);
        Process process =
                ServerCommand.in(home.path())
                        .arguments("start", "--optimized", "--log=console")
                        .arguments(
                                PreparedDatabase.added(workspace, options, progress)
                                        .allRuntimeOptions())
                        .arguments("--http-host=" + LOOPBACK, "--http-port=" + httpPort)
                        .arguments("--http-management-port=" + managementPort)
                        .environment(environment)
                        .start(log);
        DistributionServer server = new DistributionServer(httpPort, managementPort, log, process);
        Runtime.getRuntime().addShutdownHook(server.stopWithJvm);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public URI managementUrl() {
        return managementUrl;
    }

    @Override
    public String smtpHost() {
        return LOOPBACK;
    }

    @Override
    public String smtpBindAddress() {
        return LOOPBACK;
    }

    @Override
    public String logs() {
        return LogTail.whole(log);
    }

    @Override
    public void freeze() {
        signal("STOP");
    }

    @Override
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
        close();
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    private void signal(String name) {
        try {
            int exit =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while signalling Keycloak", e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithJvm);
        } catch (IllegalStateException jvmIsGoingDown) {
            // The hook runs, or has run: stopping twice does no harm.
        }
        stop();
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Status 200, not the body: it holds the word UP while the state is DOWN. */
    private void awaitReady() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest ready =
                HttpRequest.newBuilder(managementUrl.resolve("/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        long deadline = System.nanoTime() + START_TIME_LIMIT.toNanos();
        try {
            while (statusOf(client, ready) != 200) {
                if (process.waitFor(300, TimeUnit.MILLISECONDS)) {
                    throw notStarted("ended with exit code " + process.exitValue());
                }
                if (System.nanoTime() > deadline) {
                    throw notStarted("was not ready after " + START_TIME_LIMIT);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak started", e);
        }
    }

    private static int statusOf(HttpClient client, HttpRequest request)
            throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notListeningYet) {
            return 0;
        }
    }

    private IllegalStateException notStarted(String what) {
        return new IllegalStateException(
                "Keycloak %s. Its log (%s) ends:%n%s".formatted(what, log, LogTail.of(log)));
    }

    private static Path newLog(Workspace workspace, int port) {
        Path logs = workspace.target().resolve("server-logs");
        try {
            Files.createDirectories(logs);
            return Files.createTempFile(logs, "keycloak-" + port + "-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
