// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A database in a file, with Keycloak's tables and its realm {@code master}. Making one is half of
 * a server's start, so one is made for each version of Keycloak, and each server has a copy.
 */
final class PreparedDatabase {

    private static final String WANTED = "it.server.prepared-database";
    private static final String ENDING = ".mv.db";
    private static final String OPTION = "--db-url=";
    private static final String IN_FILE = OPTION + "jdbc:h2:file:";
    private static final String SETTINGS = ";NON_KEYWORDS=VALUE";

    private static boolean isFirst = true;
    private static boolean isBeingMade;

    private PreparedDatabase() {}

    /**
     * What a server on this file is started with.
     *
     * @param file without the ending that H2 adds
     */
    static String optionOf(Path file) {
        return IN_FILE + file + SETTINGS;
    }

    /**
     * These options with a copy, unless their database is there already or another one, or {@code
     * -Dit.server.prepared-database=false} says that all servers shall begin alike. The first
     * server of a run makes its tables itself: who starts only one would wait for two.
     */
    static synchronized ServerOptions added(
            Workspace workspace, ServerOptions options, Consumer<String> progress) {
        Optional<String> url =
                options.runtimeOptions().stream()
                        .filter(option -> option.startsWith(OPTION))
                        .findFirst();
        Optional<Path> own = url.flatMap(PreparedDatabase::fileOf);
        if (isBeingMade
                || !options.isOnH2()
                || url.isPresent() != own.isPresent()
                || own.filter(Files::exists).isPresent()
                || !Boolean.parseBoolean(System.getProperty(WANTED, "true"))) {
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
            Path copy =
                    own.isPresent() ? own.get() : Files.createTempFile(folder, "server-", ENDING);
            Files.copy(prepared, copy, StandardCopyOption.REPLACE_EXISTING);
            if (own.isEmpty()) {
                copy.toFile().deleteOnExit();
            }
            return on(options, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> fileOf(String option) {
        return option.startsWith(IN_FILE) && option.endsWith(SETTINGS)
                ? Optional.of(
                        Path.of(
                                option.substring(
                                                IN_FILE.length(),
                                                option.length() - SETTINGS.length())
                                        + ENDING))
                : Optional.empty();
    }

    private static void make(Workspace workspace, ServerOptions options, Path prepared)
            throws IOException {
        Path made = Files.createTempDirectory(prepared.getParent(), "new-").resolve("new" + ENDING);
        isBeingMade = true;
        try {
            DistributionServer.start(workspace, on(options, made), line -> {}).close();
        } finally {
            isBeingMade = false;
        }
        Files.move(made, prepared, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ServerOptions on(ServerOptions options, Path file) {
        String path = file.toString();
        return options.withDatabaseIn(Path.of(path.substring(0, path.length() - ENDING.length())));
    }
}
