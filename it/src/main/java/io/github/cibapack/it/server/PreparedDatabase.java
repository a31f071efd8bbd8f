// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * A database in a file, with Keycloak's tables and its realm {@code master}. Making one is half of
 * a server's start, so one is made for each version of Keycloak, and each server has a copy.
 */
final class PreparedDatabase {

    static final String OPTION = "--db-url=";

    private static final String WANTED = "it.server.prepared-database";
    private static final String ENDING = ".mv.db";

    private static boolean isFirst = true;

    private PreparedDatabase() {}

    /**
     * These options with a copy, unless they have a database of their own or {@code
     * -Dit.server.prepared-database=false} says that all servers shall begin alike. The first
     * server of a run makes its tables itself: who starts only one would wait for two.
     */
    static synchronized ServerOptions added(
            Workspace workspace, ServerOptions options, Consumer<String> progress) {
        if (!options.isInMemory() || !Boolean.parseBoolean(System.getProperty(WANTED, "true"))) {
            return options;
        }
        Path folder = workspace.target().resolve("databases");
        Path prepared = folder.resolve("keycloak-" + workspace.keycloakVersion() + ENDING);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(prepared)) {
                if (isFirst) {
                    isFirst = false;
                    return options;
                }
                progress.accept("Making a database for further servers (once)");
                make(workspace, options, prepared);
            }
            Path copy = Files.createTempFile(folder, "server-", ENDING);
            Files.copy(prepared, copy, StandardCopyOption.REPLACE_EXISTING);
            copy.toFile().deleteOnExit();
            return on(options, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Workspace workspace, ServerOptions options, Path prepared)
            throws IOException {
        Path made = Files.createTempDirectory(prepared.getParent(), "new-").resolve("new" + ENDING);
        DistributionServer.start(workspace, on(options, made), line -> {}).close();
        Files.move(made, prepared, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ServerOptions on(ServerOptions options, Path file) {
        String path = file.toString();
        return options.withRuntimeOptions(
                "%sjdbc:h2:file:%s;NON_KEYWORDS=VALUE"
                        .formatted(OPTION, path.substring(0, path.length() - ENDING.length())));
    }
}
