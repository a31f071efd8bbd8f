// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of the API through a gateway, byte by byte: with paths and headers that a client of
 * manners would not send.
 *
 * @param gateway where it is sent
 * @param method HTTP method
 * @param target what stands in the request line
 * @param headers whole lines, as they are sent
 * @param body its body
 */
record RawCall(URI gateway, String method, String target, List<String> headers, String body) {
    private static final int PATIENCE_MILLIS = 60_000;

    static RawCall of(URI gateway, String method, String target) {
        return new RawCall(gateway, method, target, List.of(), "");
    }

    RawCall with(String... lines) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(lines));
        return new RawCall(gateway, method, target, List.copyOf(more), body);
    }

    /** The same request as another call, with all of its headers and its body. */
    static RawCall of(ApiCall call) {
        RawCall raw = RawCall.of(call.gateway(), call.method(), call.uri());
        for (int i = 0; i < call.headers().size(); i += 2) {
            raw = raw.with(call.headers().get(i) + ": " + call.headers().get(i + 1));
        }
        return new RawCall(raw.gateway, raw.method, raw.target, raw.headers, call.body());
    }

    /** The status of the answer; 0 where the connection ends without one. */
    int send() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder request =
                new StringBuilder().append("%s %s HTTP/1.1\r\n".formatted(method, target));
        if (content.length > 0) {
            request.append("Content-Length: %d\r\n".formatted(content.length));
        }
        if (headers.stream().noneMatch(line -> line.startsWith("Connection:"))) {
            request.append("Connection: close\r\n");
        }
        headers.forEach(line -> request.append(line).append("\r\n"));
        // the last one: until it comes, nginx does not know which site is meant
        request.append("Host: 127.0.0.1:%d\r\n".formatted(gateway.getPort()));
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(content);
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
