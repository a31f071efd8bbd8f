// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * What {@code compose.yaml} brings up, on ports of its own. {@code -Dit.compose} names another
 * command than {@code docker compose}.
 */
final class ComposedServer implements KeycloakServer {

    private static final String PROJECT = "ciba-it";

    private final int http = FreePort.any();
    private final int mailbox = FreePort.any();

    private ComposedServer() {}

    /** Builds the image from this build's JAR and starts everything. */
    static ComposedServer up() {
        ComposedServer server = new ComposedServer();
        try {
            server.run("build");
            server.run("up", "--detach");
            Awaitility.await("the imported realm")
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(server::hasRealm);
            return server;
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    private boolean hasRealm() {
        URI realm = url("/realms/ciba-demo/.well-known/openid-configuration");
        HttpRequest request = HttpRequest.newBuilder(realm).timeout(Duration.ofSeconds(10)).build();
        return RelyingParty.exchange(request).status() == 200;
    }

    @Override
    public URI baseUrl() {
        return URI.create("http://localhost:" + http);
    }

    /** The page with the caught mails, which has them as JSON under {@code /email} as well. */
    URI mailbox() {
        return URI.create("http://localhost:" + mailbox);
    }

    @Override
    public URI managementUrl() {
        throw new UnsupportedOperationException("not published");
    }

    @Override
    public String smtpHost() {
        return "localhost";
    }

    @Override
    public String smtpBindAddress() {
        throw new UnsupportedOperationException("it has a mail server of its own");
    }

    @Override
    public String logs() {
        return run("logs", "--no-color", "keycloak");
    }

    @Override
    public void freeze() {
        run("pause", "keycloak");
    }

    @Override
    public void thaw() {
        run("unpause", "keycloak");
    }

    @Override
    public void kill() {
        run("kill", "keycloak");
    }

    @Override
    public ProcessHandle process() {
        throw new UnsupportedOperationException("The server is in a container");
    }

    @Override
    public void close() {
        run("down", "--volumes");
    }

    /** What a command of compose prints; it fails where the command does. */
    String run(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(System.getProperty("it.compose", "docker compose").split(" ")));
        command.addAll(List.of("--project-name", PROJECT, "--file", "compose.yaml"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(Path.of("..").toAbsolutePath().normalize().toFile())
                        .redirectErrorStream(true);
        builder.environment().put("KEYCLOAK_PORT", String.valueOf(http));
        builder.environment().put("MAILBOX_PORT", String.valueOf(mailbox));
        builder.environment().put("CIBA_PACK_VERSION", PROJECT);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", command, printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
