// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A built copy of the distribution. Building takes about 20 s, so it is kept under a name made of
 * everything that it depends on, and a second run costs only the start.
 *
 * @param path the copy's {@code kc.home.dir}
 */
record ServerHome(Path path) {

    private static final Duration BUILD_TIME_LIMIT = Duration.ofMinutes(5);
    private static final Duration UNUSED_TIME_LIMIT = Duration.ofDays(1);

    /** Present once the build has succeeded; its time is that of the last use. */
    private static final String BUILT = ".built";

    /** The home for these options, built if there is none yet. */
    static ServerHome built(Workspace workspace, ServerOptions options, Consumer<String> progress) {
        Path homes = workspace.target().resolve("servers");
        Path home = homes.resolve(nameOf(workspace, options));
        try {
            if (!Files.exists(home.resolve(BUILT))) {
                Files.createDirectories(homes);
                buildOnce(workspace, options, home, progress);
                deleteUnused(homes);
            }
            Files.setLastModifiedTime(home.resolve(BUILT), FileTime.from(Instant.now()));
            return options.swapped().isEmpty()
                    ? new ServerHome(home)
                    : swapped(home, options.swapped());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A copy with other JARs. They get the times of those whose places they take: Keycloak looks at
     * these to find out whether a build is out of date.
     */
    private static ServerHome swapped(Path home, List<Path> jars) throws IOException {
        Path copy = Files.createTempDirectory(home.getParent(), "swapped-");
        copyDistribution(home, copy);
        for (Path jar : jars) {
            Path replaced = copy.resolve("providers").resolve(jar.getFileName());
            FileTime time = Files.getLastModifiedTime(replaced);
            Files.copy(jar, replaced, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(replaced, time);
        }
        return new ServerHome(copy);
    }

    /**
     * One at a time: test classes run in parallel, and a demo may start in another JVM. Who needs a
     * home that is built does not wait for those who build.
     */
    private static synchronized void buildOnce(
            Workspace workspace, ServerOptions options, Path home, Consumer<String> progress)
            throws IOException {
        Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(home.resolve(BUILT))) {
                delete(home);
                progress.accept("Unpacking Keycloak " + workspace.keycloakVersion());
                copyDistribution(workspace.distribution(), home);
                for (Path jar : options.providers(workspace)) {
                    Files.copy(jar, home.resolve("providers").resolve(jar.getFileName()));
                }
                progress.accept("Building the server with its providers (about 20 s, once)");
                build(home, options, workspace.target().resolve("server-logs"));
                Files.createFile(home.resolve(BUILT));
            }
        }
    }

    private static void build(Path home, ServerOptions options, Path logs) throws IOException {
        Files.createDirectories(logs);
        Path log = logs.resolve("build-" + home.getFileName() + ".log");
        Process process =
                ServerCommand.in(home)
                        .arguments("build")
                        .arguments(options.allBuildOptions())
                        .environment(options.buildEnvironment())
                        .start(log);
        try {
            boolean ended = process.waitFor(BUILD_TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "Keycloak's build "
                                + (ended ? "failed" : "took more than " + BUILD_TIME_LIMIT)
                                + ":\n"
                                + LogTail.of(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was built", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Everything that the built server depends on. */
    private static String nameOf(Workspace workspace, ServerOptions options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path jar : options.providers(workspace)) {
                digest.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(jar));
            }
            String rest =
                    String.join(
                            "\n",
                            workspace.keycloakVersion(),
                            Runtime.version().toString(),
                            options.allBuildOptions().toString(),
                            options.buildEnvironment().toString());
            digest.update(rest.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /**
     * A build writes to {@code lib/quarkus} only; the libraries, which are nearly all of the size,
     * are linked where the file system can do that.
     */
    static void copyDistribution(Path distribution, Path home) throws IOException {
        Path libraries = Path.of("lib", "lib");
        try (Stream<Path> files = Files.walk(distribution)) {
            for (Path source : (Iterable<Path>) files::iterator) {
                Path relative = distribution.relativize(source);
                Path copy = home.resolve(relative);
                if (Files.isDirectory(source)) {
                    Files.createDirectories(copy);
                } else if (!relative.startsWith(libraries) || !linked(source, copy)) {
                    Files.copy(source, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static boolean linked(Path source, Path link) {
        try {
            Files.createLink(link, source);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Each change of the pack makes a new home: those of yesterday go. */
    private static void deleteUnused(Path homes) throws IOException {
        Instant oldest = Instant.now().minus(UNUSED_TIME_LIMIT);
        List<Path> found;
        try (Stream<Path> entries = Files.list(homes)) {
            found = entries.filter(Files::isDirectory).toList();
        }
        for (Path home : found) {
            Path built = home.resolve(BUILT);
            if (Files.exists(built)
                    && Files.getLastModifiedTime(built).toInstant().isBefore(oldest)) {
                delete(home);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
