// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;

/** The cookie in which a browser that waits keeps its transaction, for when it loads the page. */
final class WaitingCookie {
    private static final String SET_COOKIE = "Set-Cookie";

    /** The cookie outlives a page that is not loaded anew by so many intervals. */
    private static final int RELOADS = 30;

    private WaitingCookie() {}

    /** For as long as the user may decide. */
    static GatewayAnswer kept(
            GatewayCheck check, GatewayAnswer answer, String id, int interval, long secondsLeft) {
        long seconds = secondsLeft + (long) interval * RELOADS;
        return answer.with(SET_COOKIE, cookie(check, id, seconds));
    }

    /** Has the browser forget the transaction once it is over. */
    static GatewayAnswer forgotten(GatewayCheck check, GatewayAnswer answer) {
        return answer.with(SET_COOKIE, cookie(check, "", 0));
    }

    private static String cookie(GatewayCheck check, String value, long seconds) {
        return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
                .formatted(
                        check.cookie(),
                        value,
                        seconds,
                        check.original().isSecure() ? "; Secure" : "");
    }
}
