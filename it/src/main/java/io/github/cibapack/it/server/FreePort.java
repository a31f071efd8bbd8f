// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports on loopback. */
public final class FreePort {

    /**
     * Below the ports that operating systems give to outgoing connections and to servers on port 0:
     * seconds pass until a server listens on its port, and many connections are made in that time.
     */
    private static final int FIRST = 20_000;

    private static final int COUNT = 12_000;

    /** A random start keeps runs on one machine apart. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private static final Duration COPIES_LIVE = Duration.ofSeconds(10);

    /** Takes an address for a server, as {@code ServerSocket.bind} does. */
    interface Binding {
        void bindTo(InetSocketAddress address) throws IOException;
    }

    private FreePort() {}

    /**
     * A port that was free a moment ago, as Keycloak takes a number and not an open socket. No two
     * callers in this JVM get the same one.
     */
    public static int any() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from " + FIRST);
    }

    /**
     * Whether a server may listen on this port now. Nothing listens for the answer: see {@link
     * #bind}.
     */
    public static boolean isFree(int port) {
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(loopback(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Binds a server to a port that another server of this process may have had until now: a
     * process that is being started holds copies of all sockets until it runs its own program, so a
     * closed one can still listen for some milliseconds.
     *
     * @param port 0 for any
     */
    static void bind(int port, Binding server) {
        await("a bind to port " + port)
                .atMost(COPIES_LIVE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(BindException.class)
                .until(
                        () -> {
                            server.bindTo(loopback(port));
                            return true;
                        });
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
