// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The database of a cluster's nodes, while its server runs.
 *
 * @param kind Keycloak's build option {@code db}
 * @param server stops when the tests are over
 */
record ClusterDatabase(String kind, String url, String user, String password, AutoCloseable server)
        implements AutoCloseable {
    private static final String POSTGRES = "postgres";

    /** How one is started. */
    interface Starter {
        ClusterDatabase start() throws IOException, InterruptedException;
    }

    static ClusterDatabase postgres() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        return new ClusterDatabase(
                POSTGRES, server.getJdbcUrl(POSTGRES, POSTGRES), POSTGRES, POSTGRES, server);
    }

    /** With the isolation level that the pack asks for: docs/sending.md. */
    static ClusterDatabase mariaDb() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("mariadb");
        MariaDb server = MariaDb.start(folder);
        return new ClusterDatabase(
                "mariadb",
                server.jdbcUrl() + "?transactionIsolation=read-committed",
                MariaDb.USER,
                MariaDb.PASSWORD,
                () -> {
                    server.close();
                    delete(folder);
                });
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    String[] runtimeOptions() {
        return new String[] {
            "--db-url=" + url, "--db-username=" + user, "--db-password=" + password
        };
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
