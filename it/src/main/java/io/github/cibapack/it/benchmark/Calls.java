// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The calls of a closed loop, over connections that stay open: by Java's older HTTP client, which
 * works in the thread that calls. It sends head and body one after the other, which costs any
 * server some more.
 */
final class Calls {
    private static final int TIME_LIMIT_MILLIS = 60_000;
    private static final int FIRST_ERROR = 400;

    static {
        // more than there are callers; else connections are closed
        System.setProperty("http.maxConnections", "64");
        // a browser says that a form comes from the server's own page
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
        // nothing that is measured is sent twice without a word
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private Calls() {}

    static Answer get(URI uri) {
        return answer(uri, "GET", new byte[0], Map.of());
    }

    /**
     * Sends a form.
     *
     * @param header one more header
     */
    static Answer post(URI uri, Form form, String header, String value) {
        return post(uri, "application/x-www-form-urlencoded", form.encoded(), header, value);
    }

    /**
     * Sends anything.
     *
     * @param header one more header
     */
    static Answer post(URI uri, String type, String body, String header, String value) {
        return answer(
                uri,
                "POST",
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", type, header, value));
    }

    private static Answer answer(URI uri, String method, byte[] body, Map<String, String> headers) {
        try {
            HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection();
            call.setInstanceFollowRedirects(false);
            call.setUseCaches(false);
            call.setReadTimeout(TIME_LIMIT_MILLIS);
            call.setRequestMethod(method);
            headers.forEach(call::setRequestProperty);
            if (body.length > 0) {
                call.setDoOutput(true);
                call.setFixedLengthStreamingMode(body.length);
                try (OutputStream sent = call.getOutputStream()) {
                    sent.write(body);
                }
            }
            return Answer.of(call.getResponseCode(), call.getHeaderFields(), text(call));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all of it, so that the connection can be used again. */
    private static String text(HttpURLConnection call) throws IOException {
        try (InputStream body =
                call.getResponseCode() < FIRST_ERROR
                        ? call.getInputStream()
                        : call.getErrorStream()) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
