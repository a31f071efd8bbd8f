// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import io.github.cibapack.fuzz.FuzzInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A check: method, host, path, and lines of headers. */
public final class GatewayFuzz {
    private static final int FIRST_HEADER = 3;
    private static final int MOST_HEADERS = 16;

    private GatewayFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        FuzzInput input = new FuzzInput(bytes);
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = FIRST_HEADER; i < FIRST_HEADER + MOST_HEADERS; i++) {
            String[] header = input.line(i, "").split(":", 2);
            headers.put(header[0], List.of(header.length == 2 ? header[1] : ""));
        }
        SentHeaders sent = SentHeaders.of(headers);
        for (Gateway gateway : Gateway.values()) {
            try {
                sent.requireUnambiguous();
                OriginalRequest original =
                        gateway.original(
                                new Gateway.CheckCall(
                                        input.line(0, "GET"),
                                        input.line(1, "api.example"),
                                        input.line(2, "/"),
                                        sent::only));
                original.path();
                original.query();
                original.hasStrongDigest();
                original.isPage();
            } catch (RefusedCheckException e) {
                // refused as designed
            }
        }
        String header = HeaderText.of(input.text());
        if (!header.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new AssertionError("a header that is none");
        }
    }
}
