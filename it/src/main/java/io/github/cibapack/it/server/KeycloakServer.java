// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.net.URI;

/**
 * A running Keycloak, ready for requests, with the temporary admin {@code admin} / {@code admin}.
 */
public interface KeycloakServer extends AutoCloseable {

    /** Scheme, host and port that clients and browsers use; no path, no slash at the end. */
    URI baseUrl();

    /**
     * Scheme, host and port of {@code /health} and {@code /metrics}; no path, no slash at the end.
     */
    URI managementUrl();

    /** Name or address under which the server reaches a mail server on this machine. */
    String smtpHost();

    /**
     * Address that a mail server on this machine has to listen on, so that {@link #smtpHost}
     * reaches it.
     */
    String smtpBindAddress();

    /** Everything that the server has logged so far; still there after {@link #close}. */
    String logs();

    /**
     * Lets the server hang, connections open, as a machine does that has run out of memory; {@link
     * #thaw} lets it go on.
     */
    void freeze();

    /** Lets a server go on that hangs. */
    void thaw();

    /** Ends the server at once, as the system does (SIGKILL): nothing is finished or said. */
    void kill();

    /**
     * The server's process on this machine.
     *
     * @throws UnsupportedOperationException if it is in a container
     */
    ProcessHandle process();

    /** Stops the server; does nothing if it has stopped already. */
    @Override
    void close();

    /**
     * An address on this server.
     *
     * @param path an absolute path, for example {@code /realms/ciba-demo}
     * @return {@link #baseUrl} with this path
     */
    default URI url(String path) {
        return URI.create(baseUrl() + path);
    }
}
