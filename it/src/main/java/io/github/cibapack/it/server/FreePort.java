// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    /** Whether a server may listen on this port now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
