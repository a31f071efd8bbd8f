// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a server holds after a full collection.
 *
 * @param seconds since the work began
 * @param heap used, in MiB
 * @param threads alive
 * @param files open, sockets included
 * @param connections of the database that are in use
 * @param entries of the single-use store, in the cache
 * @param waiting mails, webhook calls, polls and checks
 */
record ServerState(
        double seconds,
        double heap,
        double threads,
        double files,
        double connections,
        double entries,
        double waiting) {
    private static final double MIB = 1 << 20;
    private static final List<String> WAITING =
            List.of(
                    "ciba_mails_queued",
                    "ciba_webhooks_queued",
                    "ciba_polls_waiting",
                    "ciba_gateway_waiting");

    /** The state at this moment. */
    static ServerState of(KeycloakServer server, Duration sinceBegin) {
        collect(server.process().pid());
        Metrics metrics = Metrics.of(server);
        return new ServerState(
                sinceBegin.toMillis() / 1e3,
                metrics.value("jvm_memory_used_bytes", "area=\"heap\"") / MIB,
                metrics.value("jvm_threads_live_threads"),
                openFiles(server.process().pid()),
                metrics.value("agroal_active_count"),
                entries(metrics),
                WAITING.stream().mapToDouble(metrics::value).sum());
    }

    private static double entries(Metrics metrics) {
        return metrics.lines().stream()
                .filter(line -> line.startsWith("vendor_statistics_approximate_entries_in_memory{"))
                .filter(line -> line.contains("cache=\"actionTokens\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "The server does not tell how much its store holds"));
    }

    private static void collect(long pid) {
        try {
            Process collection =
                    new ProcessBuilder("jcmd", Long.toString(pid), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!collection.waitFor(1, TimeUnit.MINUTES) || collection.exitValue() != 0) {
                throw new IllegalStateException("No collection");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double openFiles(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new IllegalStateException("Only Linux tells the open files of a process", e);
        }
    }
}
