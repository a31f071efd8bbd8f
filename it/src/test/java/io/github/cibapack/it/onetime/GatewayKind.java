// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The gateways that a configuration is shipped for and that run here. */
enum GatewayKind {
    NGINX("nginx", "nginx.conf.template", "nginx") {
        @Override
        List<String> command(Path binary, Path folder) {
            Path main =
                    write(
                            folder.resolve("nginx.conf"),
                            """
                            daemon off;
                            master_process off;
                            pid nginx.pid;
                            error_log stderr;
                            events {}
                            http {
                                access_log off;
                                client_body_temp_path body;
                                proxy_temp_path proxy;
                                fastcgi_temp_path fastcgi;
                                uwsgi_temp_path uwsgi;
                                scgi_temp_path scgi;
                                include neighbour*.conf;
                                include gateway.conf;
                            }
                            """);
            return List.of(
                    binary.toString(),
                    "-p",
                    folder.toString(),
                    "-c",
                    main.toString(),
                    "-e",
                    "stderr");
        }

        @Override
        void configure(Path folder, Map<String, String> values) {
            if (Boolean.parseBoolean(values.get("LAX"))) {
                write(
                        folder.resolve("neighbour.conf"),
                        """
                        server {
                            listen %s default_server;
                            server_name neighbour.example;
                            underscores_in_headers on;
                            ignore_invalid_headers off;
                            return 404;
                        }
                        """
                                .formatted(values.get("LISTEN")));
            }
            String longBodies =
                    shipped().replace("# client_max_body_size 8m;", "client_max_body_size 8m;");
            Matcher placeholders = Pattern.compile("\\$\\{([A-Z_]+)}").matcher(longBodies);
            write(
                    folder.resolve("gateway.conf"),
                    placeholders.replaceAll(
                            found -> Matcher.quoteReplacement(values.get(found.group(1)))));
        }
    },

    CADDY("caddy", "Caddyfile", "forwarded") {
        @Override
        List<String> command(Path binary, Path folder) {
            Path main =
                    write(
                            folder.resolve("main"),
                            """
                            {
                            	admin off
                            	default_bind 127.0.0.1
                            }
                            import gateway
                            """);
            return List.of(
                    binary.toString(),
                    "run",
                    "--config",
                    main.toString(),
                    "--adapter",
                    "caddyfile");
        }

        @Override
        void configure(Path folder, Map<String, String> values) {
            write(folder.resolve("gateway"), shipped());
        }
    };

    private final String binary;
    private final String file;
    private final String family;

    GatewayKind(String binary, String file, String family) {
        this.binary = binary;
        this.file = file;
        this.family = family;
    }

    /** What a rule calls the headers of this gateway. */
    String family() {
        return family;
    }

    /** What starts it in the foreground. */
    abstract List<String> command(Path binary, Path folder);

    /** Puts the shipped configuration where the command finds it. */
    abstract void configure(Path folder, Map<String, String> values);

    /**
     * The program. Where it is not installed the test is skipped, loudly; with {@code
     * -Dit.gateways=required} it fails.
     */
    Path program() {
        Optional<Path> program =
                Stream.concat(
                                Arrays.stream(System.getenv("PATH").split(":")),
                                Stream.of("/usr/sbin", "/usr/local/sbin"))
                        .map(folder -> Path.of(folder, binary))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (program.isPresent()) {
            return program.get();
        }
        if (System.getProperty("it.gateways", "optional").equals("required")) {
            throw new IllegalStateException(
                    "it.gateways=required, but " + binary + " is not installed");
        }
        System.err.printf(
                """
                ********************************************************************************
                SKIPPED for want of a gateway: %s is not installed.
                ********************************************************************************
                """,
                binary);
        Assumptions.abort(binary + " is not installed");
        throw new AssertionError("skipped");
    }

    String shipped() {
        try {
            return Files.readString(Workspace.current().gatewayConfigurations().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
