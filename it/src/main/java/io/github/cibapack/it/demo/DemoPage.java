// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Serves the pages, their state as server-sent events, the mails, and takes the presses of the
 * buttons.
 */
final class DemoPage implements AutoCloseable {

    private static final Map<String, String> FILES =
            Map.of(
                    "/page.html", "text/html; charset=utf-8",
                    "/demo.css", "text/css; charset=utf-8",
                    "/demo.js", "text/javascript; charset=utf-8",
                    "/stories.js", "text/javascript; charset=utf-8",
                    "/icon.svg", "image/svg+xml");

    /** One file for all: what differs between them is in {@code stories.js}. */
    private static final Set<String> PAGES = Set.of("/", "/transfer", "/phone", "/agent");

    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                + " 'none'";

    /**
     * A mail runs no script and loads nothing; its links open in a tab of their own, free of these
     * limits.
     */
    private static final String MAIL_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
                + " frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    /** A silent connection is checked this often. */
    private static final long HEARTBEAT_MILLIS = 10_000;

    private final HttpServer server;
    private final ExecutorService threads;
    private final DemoState state;
    private final Map<String, Device> devices;
    private final URI requests;
    private final Phone phone;
    private final Set<String> hosts;

    private DemoPage(
            HttpServer server,
            ExecutorService threads,
            DemoState state,
            URI issuer,
            Map<String, Device> devices) {
        this.server = server;
        this.threads = threads;
        this.state = state;
        this.devices = devices;
        this.requests = URI.create(issuer + "/ciba/requests");
        this.phone = new Phone(state::rang);
        int port = server.getAddress().getPort();
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /**
     * Opens the pages.
     *
     * @param issuer of the realm, which has Alice's list of requests
     * @param devices by the name that the pages know them by
     */
    static DemoPage open(int port, DemoState state, URI issuer, Map<String, Device> devices) {
        HttpServer server = LoopbackHttp.onPort(port);
        // Each open page holds a thread for its events.
        ExecutorService threads = LoopbackHttp.threads("demo-page");
        DemoPage page = new DemoPage(server, threads, state, issuer, devices);
        server.setExecutor(threads);
        server.createContext("/", page::handle);
        server.start();
        return page;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!hosts.contains(
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                            .orElse(""))) {
                answer(exchange, 403, "text/plain", "This page is for this machine only.");
            } else if (exchange.getRequestMethod().equals("POST") && path.equals("/ring")) {
                ring(exchange);
            } else if (exchange.getRequestMethod().equals("POST")) {
                press(exchange, path.split("/", -1));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 405, "text/plain", "Only GET.");
            } else if (PAGES.contains(path)) {
                file(exchange, "/page.html");
            } else if (path.equals("/requests")) {
                exchange.getResponseHeaders().set("Location", requests.toString());
                exchange.sendResponseHeaders(302, -1);
            } else if (FILES.containsKey(path)) {
                file(exchange, path);
            } else if (path.equals("/events")) {
                events(exchange);
            } else if (path.startsWith("/mail/")) {
                mail(exchange, path.substring("/mail/".length()));
            } else {
                answer(exchange, 404, "text/plain", "Nothing here.");
            }
        } catch (InterruptedException e) {
            // The demo stops.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Another site open in the same browser must not press buttons: a browser says where a request
     * comes from.
     */
    private void press(HttpExchange exchange, String[] path) throws IOException {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        Device device = path.length == 3 ? devices.get(path[1]) : null;
        if (site != null && !site.equals("same-origin")) {
            answer(exchange, 403, "text/plain", "Not from this page.");
        } else if (device == null || !device.buttons().contains(path[2])) {
            answer(exchange, 404, "text/plain", "No such button.");
        } else if (device.press(path[2])) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            answer(exchange, 409, "text/plain", "Another one is under way.");
        }
    }

    private void ring(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean genuine =
                phone.ring(
                        exchange.getRequestHeaders().getFirst("X-CIBA-Timestamp"),
                        exchange.getRequestHeaders().getFirst("X-CIBA-Signature"),
                        body);
        exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
    }

    private void events(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            long seen = 0;
            while (true) {
                long newest = state.awaitVersionAfter(seen, HEARTBEAT_MILLIS);
                String message =
                        newest == seen ? ": still here\n\n" : "data: " + state.json() + "\n\n";
                seen = newest;
                out.write(message.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private void mail(HttpExchange exchange, String number) throws IOException {
        Optional<ReceivedMail> mail =
                number.matches("\\d{1,6}")
                        ? state.mail(Integer.parseInt(number))
                        : Optional.empty();
        if (mail.isEmpty()) {
            answer(exchange, 404, "text/plain", "No such mail.");
            return;
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", MAIL_POLICY);
        // What a mail program does too: a link opens outside of the mail.
        answer(exchange, 200, "text/html; charset=utf-8", withLinksInNewTab(mail.get().html()));
    }

    static String withLinksInNewTab(String html) {
        String base = "<base target=\"_blank\">";
        int head = html.indexOf("<head>");
        return head < 0
                ? base + html
                : html.substring(0, head)
                        + "<head>"
                        + base
                        + html.substring(head + "<head>".length());
    }

    private static void file(HttpExchange exchange, String path) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", PAGE_POLICY);
        try (InputStream in = DemoPage.class.getResourceAsStream("/demo" + path)) {
            answer(
                    exchange,
                    200,
                    FILES.get(path),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
