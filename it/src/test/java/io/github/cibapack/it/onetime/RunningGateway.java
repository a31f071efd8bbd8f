// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import io.github.cibapack.it.server.FreePort;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A gateway as a child process, with the configuration that the project ships. */
final class RunningGateway implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final int port;

    private RunningGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a gateway in front of an API.
     *
     * @param keycloak base URL of the server that is asked
     * @param realm whose rule it is
     * @param rule the rule's name
     */
    static RunningGateway start(
            GatewayKind kind, URI api, URI keycloak, String realm, String rule) {
        return start(kind, false, api, keycloak, realm, rule);
    }

    /**
     * As above.
     *
     * @param lax whether another site of the same socket, the default one, takes any header
     */
    static RunningGateway start(
            GatewayKind kind, boolean lax, URI api, URI keycloak, String realm, String rule) {
        Path program = kind.program();
        int port = FreePort.any();
        Map<String, String> values = new HashMap<>();
        values.put("LISTEN", "127.0.0.1:" + port);
        values.put("SERVER_NAME", "127.0.0.1");
        values.put("SITE_ADDRESS", "http://127.0.0.1:" + port);
        values.put("API_URL", api.toString());
        values.put("KEYCLOAK_URL", keycloak.toString());
        values.put("CA_FILE", "/etc/ssl/certs/ca-certificates.crt");
        values.put("REALM", realm);
        values.put("RULE", rule);
        values.put("GATEWAY_SECRET", Bank.GATEWAY_SECRET);
        values.put("LAX", Boolean.toString(lax));
        try {
            Path gateways = Workspace.current().target().resolve("gateways");
            Files.createDirectories(gateways);
            Path folder = Files.createTempDirectory(gateways, kind.family());
            kind.configure(folder, values);
            ProcessBuilder builder =
                    new ProcessBuilder(kind.command(program, folder))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile());
            builder.environment().putAll(values);
            builder.environment().put("XDG_DATA_HOME", folder.toString());
            builder.environment().put("XDG_CONFIG_HOME", folder.toString());
            RunningGateway gateway = new RunningGateway(builder.start(), port);
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
            gateway.awaitListening(folder.resolve("log"));
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where callers call. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void awaitListening(Path log) {
        Awaitility.await("gateway")
                .atMost(TIME_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            if (!process.isAlive()) {
                                throw new IllegalStateException(
                                        "The gateway ended: " + Files.readString(log));
                            }
                            return isListening();
                        });
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
