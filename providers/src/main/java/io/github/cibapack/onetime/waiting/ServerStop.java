// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.waiting;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells who wants to know that the server is about to stop, while it still answers. Keycloak closes
 * its factories after the last request only: requests that wait would keep it until its patience
 * ends, and get no answer.
 */
@Singleton
public final class ServerStop {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Made by the server, once. */
    public ServerStop() {}

    /** Has something done when the server begins to stop. */
    public static void announce(Runnable listener) {
        Instance<ServerStop> stop = CDI.current().select(ServerStop.class);
        if (stop.isResolvable()) {
            stop.get().listeners.add(listener);
        }
    }

    /** The server's shutdown delay begins. */
    public void begins(@Observes ShutdownDelayInitiatedEvent event) {
        listeners.forEach(Runnable::run);
    }
}
