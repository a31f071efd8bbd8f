// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP servers of this process that only this machine reaches. */
public final class LoopbackHttp {
    private LoopbackHttp() {}

    /** One on any free port, to be started. */
    public static HttpServer onAnyPort() {
        return onPort(0);
    }

    /** One on this port, to be started. */
    public static HttpServer onPort(int port) {
        try {
            HttpServer server = HttpServer.create();
            FreePort.bind(port, address -> server.bind(address, 0));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As many threads as there are calls; none keeps the process alive. */
    public static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
