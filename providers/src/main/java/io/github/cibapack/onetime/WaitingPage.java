// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import io.github.cibapack.text.Texts;
import java.util.Map;
import org.keycloak.common.util.HtmlUtils;

/**
 * What a browser shows while the user decides. It loads itself anew, with the transaction in a
 * cookie, and so becomes the page that was asked for; no script takes part.
 */
final class WaitingPage {
    private static final int UNAUTHORIZED = 401;
    private static final String HTML = "text/html";
    private static final String HTTPS = "https";
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
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

    static GatewayAnswer answer(Texts texts, Check check, Verdict.Pending pending) {
        int interval = pending.transaction().interval();
        Map<String, String> text = texts.substituted(Map.of());
        String title = HtmlUtils.escapeAttribute(text.get("cibaGatewayWaiting"));
        String page =
                PAGE.formatted(
                        texts.locale().toLanguageTag(),
                        texts.direction(),
                        title,
                        interval,
                        title,
                        HtmlUtils.escapeAttribute(text.get("cibaGatewayWaitingText")));
        return GatewayAnswer.of(UNAUTHORIZED, HTML, page)
                .with(
                        "Set-Cookie",
                        check.cookieName()
                                + "="
                                + pending.id()
                                + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
                                + interval * 30
                                + (HTTPS.equals(check.original().scheme()) ? "; Secure" : ""))
                .with("Content-Security-Policy", POLICY);
    }
}
