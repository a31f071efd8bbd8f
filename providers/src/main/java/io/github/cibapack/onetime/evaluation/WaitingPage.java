// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.text.Texts;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import org.keycloak.common.util.HtmlUtils;

/**
 * What a browser shows while the user decides. It loads itself anew, with the transaction in a
 * cookie, and so becomes the page that was asked for; no script takes part.
 */
final class WaitingPage {
    private static final String HTML = "text/html";
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String SET_COOKIE = "Set-Cookie";

    /** The cookie outlives a page that is not loaded anew by so many intervals. */
    private static final int RELOADS = 30;

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="%s" dir="%s">
            <head><meta charset="utf-8"><title>%s</title>
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="refresh" content="%d"></head>
            <body><main><h1>%s</h1><p role="status">%s</p></main></body>
            </html>
            """;

    private WaitingPage() {}

    static GatewayAnswer answer(
            Texts texts,
            String realmName,
            GatewayCheck check,
            String id,
            OneTimeTransaction transaction) {
        Map<String, String> text = texts.substituted(Map.of("realmName", realmName));
        String title = HtmlUtils.escapeAttribute(text.get("cibaGatewayWaiting"));
        String page =
                PAGE.formatted(
                        texts.locale().toLanguageTag(),
                        texts.direction(),
                        title,
                        transaction.interval(),
                        title,
                        HtmlUtils.escapeAttribute(text.get("cibaGatewayWaitingText")));
        return GatewayAnswer.of(Status.UNAUTHORIZED.getStatusCode(), HTML, page)
                .with(SET_COOKIE, cookie(check, id, transaction.interval() * RELOADS))
                .with("Content-Security-Policy", POLICY);
    }

    /** Has the browser forget the transaction once it is over. */
    static GatewayAnswer forgotten(GatewayCheck check, GatewayAnswer answer) {
        return answer.with(SET_COOKIE, cookie(check, "", 0));
    }

    private static String cookie(GatewayCheck check, String value, int seconds) {
        return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
                .formatted(
                        check.cookie(),
                        value,
                        seconds,
                        check.original().isSecure() ? "; Secure" : "");
    }
}
