// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

/**
 * Tells who wants to know that the server is about to stop, while it still answers. Keycloak closes
 * its factories after the last request only: requests that wait would keep it until its patience
 * ends, and get no answer. The virtual machine starts all hooks at once, the server's own among
 * them, which lets the requests end first.
 */
public final class ServerStop {
    private ServerStop() {}

    /** Has something done when the server begins to stop. */
    public static void announce(Runnable listener) {
        Runtime.getRuntime().addShutdownHook(new Thread(listener, "ciba-server-stop"));
    }
}
