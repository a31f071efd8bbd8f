// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.net.URI;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;

/**
 * The one server of the test run that has https and asks for client certificates, all else of
 * {@link ServerOptions#furnished}, and the correlation id in its log lines; started on first use,
 * stopped with the JVM. Tests keep apart by having realms of their own, and nobody moves its clock.
 */
public final class HttpsServer {

    private static final Certificates CERTIFICATES = Certificates.of(Certificates.AUTHORITY);
    private static final int PORT = FreePort.any();

    /** Keycloak's own, behind the correlation id of the request at hand. */
    private static final String LOG_FORMAT =
            "--log-console-format=[%X{kc.cibaCorrelationId}] %d{yyyy-MM-dd HH:mm:ss,SSS}"
                    + " %-5p [%c] (%t) %s%e%n";

    private static KeycloakServer server;

    private HttpsServer() {}

    /** The server, for admins over http. */
    public static synchronized KeycloakServer shared() {
        if (server == null) {
            server = Servers.start(options());
        }
        return server;
    }

    /** The files of the authority are on this machine: a container is without https. */
    private static ServerOptions options() {
        ServerOptions furnished = ServerOptions.furnished().withRuntimeOptions(LOG_FORMAT);
        return Servers.areContainers() ? furnished : furnished.withHttps(PORT, CERTIFICATES);
    }

    /** The authority that the server trusts, and that has signed its own certificate. */
    public static Certificates certificates() {
        return CERTIFICATES;
    }

    /** The same address over https. */
    public static URI https(URI uri) {
        return URI.create("https://127.0.0.1:" + PORT + uri.getPath());
    }

    /** A client whose connections show what the context holds. */
    public static HttpClient http(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }
}
