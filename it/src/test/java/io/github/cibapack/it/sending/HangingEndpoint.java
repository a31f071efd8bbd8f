// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.sending;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections and answers none. */
final class HangingEndpoint implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final ServerSocket server;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    private HangingEndpoint(ServerSocket server) {
        this.server = server;
    }

    static HangingEndpoint start() {
        try {
            HangingEndpoint endpoint =
                    new HangingEndpoint(
                            new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread taking = new Thread(endpoint::take, "hanging endpoint");
            taking.setDaemon(true);
            taking.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take() {
        try {
            while (true) {
                taken.add(server.accept());
            }
        } catch (SocketException closed) {
            // the end of the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Calls so far. */
    int calls() {
        return taken.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : taken) {
            socket.close();
        }
    }
}
