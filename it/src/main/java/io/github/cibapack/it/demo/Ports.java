// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.server.FreePort;

/**
 * The fixed ports of the demo, so that its URLs can stand in the README.
 *
 * @param page the demo's page
 * @param keycloak the server
 * @param smtp the mail server
 */
record Ports(int page, int keycloak, int smtp) {

    private static final String PAGE = "demo.port";
    private static final String KEYCLOAK = "demo.keycloak.port";
    private static final String SMTP = "demo.smtp.port";

    /** The usual ports, or those that the system properties name. */
    static Ports chosen() {
        return new Ports(chosen(PAGE, 8090), chosen(KEYCLOAK, 8080), chosen(SMTP, 3025));
    }

    /**
     * Fails early, before anything slow has been done.
     *
     * @throws DemoFailure if another process has one of the ports
     */
    void checkFree() {
        checkFree(PAGE, page, "the demo's page");
        checkFree(KEYCLOAK, keycloak, "Keycloak");
        checkFree(SMTP, smtp, "the mail server");
    }

    private static int chosen(String property, int usual) {
        String text = System.getProperty(property, String.valueOf(usual));
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers that are no ports.
        }
        throw new DemoFailure(
                "-D%s=%s is not a port: a number from 1 to 65535.".formatted(property, text));
    }

    private static void checkFree(String property, int port, String owner) {
        if (!FreePort.isFree(port)) {
            throw new DemoFailure(
                    """
                    Port %1$d, for %2$s, is taken by another process.
                    Stop that process, or choose another port: ./mvnw -Pdemo -D%3$s=%4$d\
                    """
                            .formatted(port, owner, property, port + 100));
        }
    }
}
