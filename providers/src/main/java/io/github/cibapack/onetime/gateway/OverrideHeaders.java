// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Headers by which an API can be told to take a request for another one than was approved. */
final class OverrideHeaders {
    static final List<String> NAMES =
            List.of(
                    "X-HTTP-Method-Override",
                    "X-HTTP-Method",
                    "X-Method-Override",
                    "X-Method",
                    "X-Override-Method",
                    "X-Override-URL",
                    "X-Original-URL",
                    "X-Original-Path",
                    "X-Rewrite-URL",
                    "X-Rewrite-URI",
                    "X-Rewrite-Path",
                    "X-Request-URL",
                    "X-Request-URI",
                    // gunicorn and others take a prefix of the path away that a header names: with
                    // /a, /a/transfers is /transfers
                    "Script-Name",
                    "X-Script-Name",
                    "Path-Info",
                    "X-Path-Info");

    private static final Set<String> READ =
            NAMES.stream().map(SentHeaders::readAs).collect(Collectors.toSet());

    private static final String WORD = "override";

    private OverrideHeaders() {}

    /** Whether a header is one, as a server may read its name ({@link SentHeaders#readAs}). */
    static boolean isOne(String readAs) {
        return READ.contains(readAs) || readAs.contains(WORD);
    }
}
