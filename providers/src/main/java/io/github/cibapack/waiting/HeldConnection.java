// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;

/**
 * The connection over which somebody waits for an answer: it may hang up, and what is then done for
 * it would be done for nobody, the user's approval used up included.
 */
public final class HeldConnection {
    private final List<Runnable> listeners = new ArrayList<>();
    private final long since = System.nanoTime();
    private boolean open = true;

    HeldConnection() {}

    /** That of the request whose thread this is. It can be asked for once in a request. */
    public static HeldConnection ofTheRequest() {
        HeldConnection connection = new HeldConnection();
        ServerHttpResponse response = CurrentRequestManager.get().serverResponse();
        response.addCloseHandler(connection::closed);
        if (response.closed()) {
            connection.closed();
        }
        return connection;
    }

    /** When the request came, on the clock of {@link System#nanoTime()}. */
    long since() {
        return since;
    }

    /** Whether somebody is there who waits. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Has something done when it is closed; at once if it was. */
    public void whenClosed(Runnable listener) {
        if (!added(listener)) {
            listener.run();
        }
    }

    private synchronized boolean added(Runnable listener) {
        return open && listeners.add(listener);
    }

    private void closed() {
        List<Runnable> waiting;
        synchronized (this) {
            open = false;
            waiting = List.copyOf(listeners);
        }
        waiting.forEach(Runnable::run);
    }
}
