// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Starts servers. The system property {@code it.server} says which kind: {@code distribution} (a
 * Java child process) or {@code container}.
 */
public final class Servers {

    private static final List<KeycloakServer> STARTED = new CopyOnWriteArrayList<>();
    private static final Object SHARED_LOCK = new Object();

    private static KeycloakServer shared;
    private static String sharedFailure;

    private Servers() {}

    /**
     * The one server of the test run, with nothing but the pack's JAR; started on the first call,
     * stopped with the JVM. Tests keep apart by having realms of their own.
     *
     * @throws IllegalStateException if it does not start; later calls fail at once, with the same
     *     message
     */
    public static KeycloakServer shared() {
        synchronized (SHARED_LOCK) {
            if (sharedFailure != null) {
                throw new IllegalStateException(
                        "The shared server did not start: " + sharedFailure);
            }
            if (shared == null) {
                try {
                    shared = start(ServerOptions.defaults());
                } catch (RuntimeException e) {
                    sharedFailure = e.getMessage();
                    throw e;
                }
            }
            return shared;
        }
    }

    /**
     * A server of the caller's own, to be closed by the caller; stopped with the JVM at the latest.
     *
     * @throws IllegalStateException if it does not start; the message ends with the last lines of
     *     the server's log
     */
    public static KeycloakServer start(ServerOptions options) {
        return start(options, line -> System.err.println("[it] " + line));
    }

    /**
     * The same with progress lines.
     *
     * @param progress gets a line before each step that takes seconds
     * @see #start(ServerOptions)
     */
    public static KeycloakServer start(ServerOptions options, Consumer<String> progress) {
        KeycloakServer server =
                switch (kind()) {
                    case "distribution" ->
                            DistributionServer.start(Workspace.current(), options, progress);
                    case "container" ->
                            ContainerServer.start(Workspace.current(), options, progress);
                    default ->
                            throw new IllegalArgumentException(
                                    "it.server is '%s'; it can be 'distribution' or 'container'"
                                            .formatted(kind()));
                };
        STARTED.add(server);
        return server;
    }

    /** Whether servers run in containers. */
    static boolean areContainers() {
        return kind().equals("container");
    }

    private static String kind() {
        return System.getProperty("it.server", "distribution");
    }

    /** The logs of all servers that this JVM has started, stopped ones included. */
    public static String allLogs() {
        return STARTED.stream().map(KeycloakServer::logs).collect(Collectors.joining("\n"));
    }
}
