// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.DockerImageName;

/**
 * Keycloak's image, as the tests' admin would run it. Without a container engine this fails: who
 * asks for containers must not get a green run without one.
 */
final class ContainerServer implements KeycloakServer {

    /** An image of this prefix was built on this machine and is in no registry. */
    private static final String LOCAL = "local/";

    private static final String HOST_OF_CONTAINER = "host.docker.internal";

    private final KeycloakContainer container;
    private final URI baseUrl;
    private final URI managementUrl;
    private String lastLog = "";

    private ContainerServer(KeycloakContainer container) {
        this.container = container;
        this.baseUrl =
                URI.create("http://%s:%d".formatted(container.getHost(), container.getHttpPort()));
        this.managementUrl =
                URI.create(
                        "http://%s:%d".formatted(container.getHost(), container.getHttpMgmtPort()));
    }

    static ContainerServer start(
            Workspace workspace, ServerOptions options, Consumer<String> progress) {
        String image = workspace.keycloakImage();
        progress.accept(
                "Starting a container of " + image + " (it builds the server first, about 40 s)");
        KeycloakContainer container = container(image, workspace, options);
        try {
            container.start();
        } catch (RuntimeException e) {
            String log = container.isCreated() ? LogTail.of(container.getLogs()) : "";
            container.stop();
            throw new IllegalStateException(
                    "No Keycloak in a container of " + image + ". Its log ends:\n" + log, e);
        }
        ContainerServer server = new ContainerServer(container);
        // Testcontainers' own reaper is an image of its own, which not every machine can have.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(container::stop, "stop-keycloak-container"));
        return server;
    }

    private static KeycloakContainer container(
            String image, Workspace workspace, ServerOptions options) {
        KeycloakContainer container =
                new KeycloakContainer(
                                DockerImageName.parse(image)
                                        .asCompatibleSubstituteFor("quay.io/keycloak/keycloak"))
                        .withProductionMode()
                        .withEnabledMetrics()
                        .withRamPercentage(5, 25)
                        .withStartupTimeout(Duration.ofMinutes(5))
                        .withEnv(options.environment())
                        .withExtraHost(HOST_OF_CONTAINER, "host-gateway")
                        .withProviderLibsFrom(
                                options.providers(workspace).stream().map(Path::toFile).toList());
        if (image.startsWith(LOCAL)) {
            container.withImagePullPolicy(name -> false);
        } else {
            container.withImagePullPolicy(PullPolicy.defaultPolicy());
        }
        List<String> command = new ArrayList<>(options.allBuildOptions());
        // The container class sets these two itself, as environment variables.
        command.removeIf(
                option ->
                        option.startsWith("--health-enabled")
                                || option.startsWith("--metrics-enabled"));
        command.addAll(options.allRuntimeOptions());
        command.forEach(container::withCustomCommand);
        if (options.httpPort() != 0) {
            container.setPortBindings(List.of("127.0.0.1:" + options.httpPort() + ":8080"));
        }
        return container;
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
        return HOST_OF_CONTAINER;
    }

    /** The container reaches this machine over a bridge, not over loopback. */
    @Override
    public String smtpBindAddress() {
        return "0.0.0.0";
    }

    @Override
    public synchronized String logs() {
        if (container.isRunning()) {
            lastLog = container.getLogs();
        }
        return lastLog;
    }

    @Override
    public void freeze() {
        container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void thaw() {
        container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public synchronized void kill() {
        lastLog = logs();
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public ProcessHandle process() {
        throw new UnsupportedOperationException("The server is in a container");
    }

    @Override
    public synchronized void close() {
        lastLog = logs();
        container.stop();
    }
}
