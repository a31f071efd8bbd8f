// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.outbound.OutboundException.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.conn.DnsResolver;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundClientTest {
    private static final OutboundRules STRICT = new OutboundRules(false, false);
    private static final OutboundRules LOOSE = new OutboundRules(true, true);

    private HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<String> seen = new AtomicReference<>();

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/ok", 200, "fine");
        answer("/large", 200, "x".repeat(1000));
        server.createContext(
                "/redirect",
                exchange -> {
                    calls.incrementAndGet();
                    exchange.getResponseHeaders().add("Location", url("/ok"));
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void bodyAndHeadersArrive() throws OutboundException {
        OutboundAnswer answer =
                client(LOOSE)
                        .post(
                                url("/ok"),
                                "application/json",
                                "{\"a\":\"ü\"}",
                                Map.of("Authorization", "Bearer x"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("fine");
        assertThat(seen.get()).isEqualTo("Bearer x application/json {\"a\":\"ü\"}");
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() throws OutboundException {
        assertThat(client(LOOSE).get(url("/redirect"), Map.of()).status()).isEqualTo(302);
        assertThat(calls).hasValue(1);
    }

    @Test
    void largeAnswerIsCutOff() throws OutboundException {
        assertThat(reading(1000).get(url("/large"), Map.of()).text()).hasSize(1000);
        assertFails(reading(999), url("/large"), Failure.TOO_LARGE);
    }

    private static OutboundClient reading(int maxBytes) {
        OutboundLimits usual = OutboundLimits.DEFAULT;
        return client(LOOSE).within(new OutboundLimits(usual.connect(), usual.total(), maxBytes));
    }

    @Test
    void drippingAnswerEndsByTheClock() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread dripper = new Thread(() -> drip(slow));
            dripper.start();
            OutboundClient client =
                    client(LOOSE).within(OutboundLimits.DEFAULT.withTotal(Duration.ofMillis(600)));
            assertFails(client, "http://127.0.0.1:" + slow.getLocalPort() + "/", Failure.TIMED_OUT);
            dripper.join();
        }
    }

    @Test
    void httpIsRefusedWhereTheRealmDoesNotAllowIt() {
        assertFails(client(new OutboundRules(false, true)), url("/ok"), Failure.SCHEME_NOT_ALLOWED);
        assertThat(calls).hasValue(0);
    }

    @Test
    void insideAddressIsRefusedWhereTheRealmDoesNotAllowIt() {
        assertFails(
                client(new OutboundRules(true, false)), url("/ok"), Failure.ADDRESS_NOT_ALLOWED);
        assertFails(
                client(new OutboundRules(true, false)),
                url("/ok").replace("127.0.0.1", "localhost"),
                Failure.ADDRESS_NOT_ALLOWED);
        assertThat(calls).hasValue(0);
    }

    @Test
    void metadataServiceIsNeverCalled() {
        assertFails(
                client(LOOSE),
                "http://169.254.169.254/latest/meta-data/",
                Failure.ADDRESS_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/relative",
                "https:opaque",
                "https:///no-host",
                "https://user:secret@example.com/",
                "https://exa mple.com/",
                "https://0x7f.1/%zz"
            })
    void malformedUrlIsRefused(String url) {
        assertFails(client(LOOSE), url, Failure.INVALID_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://host/etc/passwd", "ftp://example.com/", "jar://example.com/"})
    void otherSchemesAreRefused(String url) {
        assertFails(client(LOOSE), url, Failure.SCHEME_NOT_ALLOWED);
    }

    @Test
    void nameIsResolvedOnceAndThatAddressIsConnectedTo() throws OutboundException {
        AtomicInteger lookups = new AtomicInteger();
        DnsResolver rebinding =
                host ->
                        InetAddress.getAllByName(
                                lookups.incrementAndGet() == 1 ? "127.0.0.1" : "10.0.0.1");
        String url = url("/ok").replace("127.0.0.1", "rebinding.example");
        assertThat(client(LOOSE, rebinding).get(url, Map.of()).status()).isEqualTo(200);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void ofSeveralAddressesOnlyAllowedOnesAreLetThrough() throws IOException {
        DnsResolver mixed =
                host ->
                        new InetAddress[] {
                            InetAddress.getByName("10.0.0.1"),
                            InetAddress.getByName("1.1.1.1"),
                            InetAddress.getByName("fd00::1")
                        };
        assertThat(new GuardedResolver(mixed, false).resolve("mixed.example"))
                .containsExactly(InetAddress.getByName("1.1.1.1"));
    }

    @Test
    void unusedPortIsNoConnection() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFails(client(LOOSE), "http://127.0.0.1:" + port + "/", Failure.NO_CONNECTION);
    }

    /** The HTTP client says so in kinds of exceptions that it does not declare, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing that is HTTP",
                "HTTP/1.-1 200 OK\r\n\r\n",
                "HTTP/-1.1 200 OK\r\n\r\n",
                "HTTP/1.1 -200 OK\r\n\r\n",
                "HTTP/1.1 twohundred OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nfine"
            })
    void answerThatCannotBeReadIsNoConnection(String answer) throws Exception {
        try (RawServer raw = RawServer.start().answering(answer.getBytes(ISO_8859_1))) {
            assertFails(raw.client(), raw.url(), Failure.NO_CONNECTION);
        }
    }

    private static void assertFails(OutboundClient client, String url, Failure failure) {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> client.get(url, Map.of()))
                .extracting(OutboundException::failure)
                .isEqualTo(failure);
    }

    private static OutboundClient client(OutboundRules rules) {
        return client(rules, SystemDefaultDnsResolver.INSTANCE);
    }

    private static OutboundClient client(OutboundRules rules, DnsResolver dns) {
        return new OutboundClient(
                rules,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                dns,
                OutboundLimits.DEFAULT);
    }

    @Test
    void strictRulesStillTakeHttps() {
        assertFails(client(STRICT), "https://127.0.0.1/", Failure.ADDRESS_NOT_ALLOWED);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    calls.incrementAndGet();
                    seen.set(
                            exchange.getRequestHeaders().getFirst("Authorization")
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Content-Type")
                                    + " "
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    /** One byte of a header line at a time, for as long as somebody listens. */
    private static void drip(ServerSocket slow) {
        try (Socket caller = slow.accept();
                OutputStream out = caller.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                Thread.sleep(20);
            }
        } catch (IOException e) {
            // the other side has hung up, as it should
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
