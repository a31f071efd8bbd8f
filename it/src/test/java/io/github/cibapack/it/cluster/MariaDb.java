// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.server.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A MariaDB server of Debian's package {@code mariadb-server} on loopback, with an empty database.
 */
final class MariaDb implements AutoCloseable {
    static final String USER = "keycloak";
    static final String PASSWORD = "keycloak";

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Duration START_TIME_LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final int port;

    private MariaDb(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return Files.isExecutable(SERVER);
    }

    /** Starts a server with its data in a folder of the caller's. */
    static MariaDb start(Path folder) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        run(
                log,
                List.of(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + data,
                        "--user=root",
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"));
        int port = FreePort.any();
        Process process =
                new ProcessBuilder(
                                SERVER.toString(),
                                "--no-defaults",
                                "--user=root",
                                "--datadir=" + data,
                                "--socket=" + folder.resolve("socket"),
                                "--bind-address=127.0.0.1",
                                "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        MariaDb database = new MariaDb(process, port);
        String sql =
                "create database keycloak character set utf8mb4;"
                        + " create user '%1$s'@'%%' identified by '%2$s';"
                        + " grant all on keycloak.* to '%1$s'@'%%';";
        List<String> prepare =
                List.of(
                        "mariadb",
                        "--no-defaults",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--user=root",
                        "--execute=" + sql.formatted(USER, PASSWORD));
        await("MariaDB, whose log is " + log)
                .atMost(START_TIME_LIMIT)
                .until(() -> exit(log, prepare) == 0);
        return database;
    }

    String jdbcUrl() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/keycloak";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static void run(Path log, List<String> command)
            throws IOException, InterruptedException {
        if (exit(log, command) != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private static int exit(Path log, List<String> command)
            throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }
}
