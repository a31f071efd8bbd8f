// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A server that takes connections and says nothing, until it lets all of them go. */
final class SilentServer implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int BACKLOG = 100;

    private final ServerSocket server;
    private final List<Socket> connections = new ArrayList<>();
    private boolean silent = true;

    private SilentServer(ServerSocket server) {
        this.server = server;
    }

    static SilentServer start() {
        try {
            SilentServer silent =
                    new SilentServer(
                            new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread acceptor = new Thread(silent::accept, "silent-server");
            acceptor.setDaemon(true);
            acceptor.start();
            return silent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits until so many are connected. */
    void await(int wanted) {
        Awaitility.await().atMost(SOON).until(this::count, count -> count >= wanted);
    }

    /** Ends all connections, and from now on each one at once. */
    synchronized void letGo() {
        silent = false;
        connections.forEach(SilentServer::end);
    }

    private synchronized int count() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                take(server.accept());
            }
        } catch (IOException e) {
            letGo();
        }
    }

    private synchronized void take(Socket connection) {
        connections.add(connection);
        if (!silent) {
            end(connection);
        }
    }

    private static void end(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
