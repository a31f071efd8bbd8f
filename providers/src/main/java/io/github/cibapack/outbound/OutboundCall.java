// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import io.github.cibapack.outbound.OutboundException.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.HttpClientConnectionManager;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.impl.conn.ManagedHttpClientConnectionFactory;

/** One call on a connection of its own, ended by the clock whatever the other side does. */
final class OutboundCall {
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_LINE = 8 * 1024;

    private final SSLSocketFactory tls;
    private final GuardedResolver resolver;
    private final OutboundLimits limits;
    private final HttpRequestBase request;
    private final AtomicBoolean timeIsUp = new AtomicBoolean();

    OutboundCall(
            SSLSocketFactory tls,
            GuardedResolver resolver,
            OutboundLimits limits,
            HttpRequestBase request) {
        this.tls = tls;
        this.resolver = resolver;
        this.limits = limits;
        this.request = request;
    }

    OutboundAnswer answer() throws OutboundException {
        CompletableFuture<Void> clock = startClock();
        try (CloseableHttpClient client = client();
                CloseableHttpResponse response = client.execute(request)) {
            return new OutboundAnswer(
                    response.getStatusLine().getStatusCode(), text(response.getEntity()));
        } catch (IOException | IllegalArgumentException e) {
            // the latter is what the client says of a status line with a negative version
            throw new OutboundException(failureOf(e));
        } finally {
            clock.cancel(false);
        }
    }

    /** Time limits on sockets start anew with each byte; this one does not. */
    private CompletableFuture<Void> startClock() {
        Executor atTheEnd =
                CompletableFuture.delayedExecutor(limits.total().toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(
                () -> {
                    timeIsUp.set(true);
                    request.abort();
                },
                atTheEnd);
    }

    private String text(HttpEntity entity) throws IOException, OutboundException {
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content.readNBytes(limits.maxBytes() + 1);
            if (bytes.length > limits.maxBytes()) {
                // closing would read the rest first
                request.abort();
                throw new OutboundException(Failure.TOO_LARGE);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Failure failureOf(Exception e) {
        if (timeIsUp.get() || e instanceof InterruptedIOException) {
            return Failure.TIMED_OUT;
        }
        if (e instanceof GuardedResolver.ForbiddenAddressException) {
            return Failure.ADDRESS_NOT_ALLOWED;
        }
        return e instanceof UnknownHostException ? Failure.UNKNOWN_HOST : Failure.NO_CONNECTION;
    }

    /** Without system properties: a proxy would resolve the name itself, past the guard. */
    private CloseableHttpClient client() {
        int connect = Math.toIntExact(limits.connect().toMillis());
        int total = Math.toIntExact(limits.total().toMillis());
        return HttpClients.custom()
                .setConnectionManager(connections(total))
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectTimeout(connect)
                                .setConnectionRequestTimeout(connect)
                                .setSocketTimeout(total)
                                .setRedirectsEnabled(false)
                                .setAuthenticationEnabled(false)
                                .setContentCompressionEnabled(false)
                                .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Keycloak")
                .build();
    }

    private HttpClientConnectionManager connections(int total) {
        Registry<ConnectionSocketFactory> schemes =
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", PlainConnectionSocketFactory.getSocketFactory())
                        .register(
                                "https",
                                new SSLConnectionSocketFactory(tls, new DefaultHostnameVerifier()))
                        .build();
        BasicHttpClientConnectionManager connections =
                new BasicHttpClientConnectionManager(
                        schemes,
                        ManagedHttpClientConnectionFactory.INSTANCE,
                        DefaultSchemePortResolver.INSTANCE,
                        resolver);
        // the time limit of the TLS handshake, too
        connections.setSocketConfig(SocketConfig.custom().setSoTimeout(total).build());
        connections.setConnectionConfig(
                ConnectionConfig.custom()
                        .setMessageConstraints(
                                MessageConstraints.custom()
                                        .setMaxHeaderCount(MAX_HEADERS)
                                        .setMaxLineLength(MAX_HEADER_LINE)
                                        .build())
                        .build());
        return connections;
    }
}
