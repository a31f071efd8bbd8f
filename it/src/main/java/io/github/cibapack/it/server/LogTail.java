// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The server's log as text. */
final class LogTail {

    private static final int LINES = 40;

    private LogTail() {}

    /** The last lines, for the message of a failure. */
    static String of(Path log) {
        return of(whole(log));
    }

    static String of(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    static String whole(Path log) {
        try {
            // The last character may be half written: replaced, not refused.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
