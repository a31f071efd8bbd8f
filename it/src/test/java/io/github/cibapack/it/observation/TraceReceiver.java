// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.observation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.server.LoopbackHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * A collector of traces, as far as a test needs one: takes OTLP over HTTP in protobuf's form and
 * keeps names and texts of spans.
 */
final class TraceReceiver implements AutoCloseable {

    /** Numbers of fields in opentelemetry/proto/trace/v1 and common/v1. */
    private static final int RESOURCE_SPANS = 1;

    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int NAME = 5;
    private static final int ATTRIBUTES = 9;
    private static final int STATUS = 15;
    private static final int STATUS_MESSAGE = 2;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int TEXT = 1;

    /**
     * A span.
     *
     * @param attributes those that are texts
     * @param all everything that it holds, as bytes that are read as text
     */
    record Span(String name, Map<String, String> attributes, String all) {}

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    private TraceReceiver(HttpServer server) {
        this.server = server;
    }

    static TraceReceiver start() {
        HttpServer server = LoopbackHttp.onAnyPort();
        TraceReceiver receiver = new TraceReceiver(server);
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of the pack so far. */
    List<Span> ofThePack() {
        return spans.stream().filter(span -> span.name().startsWith("ciba.")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            boolean zipped =
                    "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] bytes = (zipped ? new GZIPInputStream(body) : body).readAllBytes();
            for (byte[] resource : new Proto(bytes).texts(RESOURCE_SPANS)) {
                for (byte[] scope : new Proto(resource).texts(SCOPE_SPANS)) {
                    new Proto(scope).texts(SPANS).forEach(span -> spans.add(span(span)));
                }
            }
        } finally {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }
    }

    private static Span span(byte[] bytes) {
        Proto span = new Proto(bytes);
        Map<String, String> attributes = new HashMap<>();
        for (byte[] attribute : span.texts(ATTRIBUTES)) {
            Proto pair = new Proto(attribute);
            for (byte[] value : pair.texts(VALUE)) {
                new Proto(value)
                        .texts(TEXT)
                        .forEach(text -> attributes.put(pair.text(KEY), utf8(text)));
            }
        }
        span.texts(STATUS)
                .forEach(status -> attributes.put("", new Proto(status).text(STATUS_MESSAGE)));
        return new Span(span.text(NAME), attributes, utf8(bytes));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A message in protobuf's wire format: only fields with a length are kept. */
    private static final class Proto {
        private final Map<Integer, List<byte[]>> fields = new HashMap<>();

        Proto(byte[] message) {
            ByteArrayInputStream in = new ByteArrayInputStream(message);
            while (in.available() > 0) {
                long tag = number(in);
                switch ((int) tag & 7) {
                    case 0 -> number(in);
                    case 1 -> in.skip(8);
                    case 2 ->
                            fields.computeIfAbsent((int) (tag >>> 3), any -> new ArrayList<>())
                                    .add(bytes(in, (int) number(in)));
                    case 5 -> in.skip(4);
                    default -> throw new IllegalStateException("wire type of tag " + tag);
                }
            }
        }

        List<byte[]> texts(int field) {
            return fields.getOrDefault(field, List.of());
        }

        String text(int field) {
            return texts(field).stream().map(TraceReceiver::utf8).findFirst().orElse("");
        }

        private static byte[] bytes(ByteArrayInputStream in, int length) {
            byte[] bytes = new byte[length];
            in.read(bytes, 0, length);
            return bytes;
        }

        private static long number(ByteArrayInputStream in) {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                int next = in.read();
                number |= (long) (next & 0x7f) << shift;
                if (next < 0x80) {
                    return number;
                }
            }
        }
    }
}
