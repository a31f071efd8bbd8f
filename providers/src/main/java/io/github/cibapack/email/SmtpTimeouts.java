// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.util.HashMap;
import java.util.Map;

/**
 * How long a worker waits for a mail server. The realm's own values win.
 *
 * @param connectSeconds for the connection
 * @param readSeconds for each reply, and for each write
 */
public record SmtpTimeouts(int connectSeconds, int readSeconds) {
    static final String CONNECT = "connectionTimeout";
    static final String READ = "timeout";
    static final String WRITE = "writeTimeout";

    private static final int MILLIS = 1000;

    Map<String, String> addTo(Map<String, String> settings) {
        Map<String, String> limited = new HashMap<>(settings);
        limited.putIfAbsent(CONNECT, Integer.toString(connectSeconds * MILLIS));
        limited.putIfAbsent(READ, Integer.toString(readSeconds * MILLIS));
        limited.putIfAbsent(WRITE, Integer.toString(readSeconds * MILLIS));
        return limited;
    }
}
