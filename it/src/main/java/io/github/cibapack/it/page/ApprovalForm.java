// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a page that was opened: what a browser would send back, for tests that need none.
 *
 * @param link the page
 * @param token the page's own token; empty where the page has no form
 */
public record ApprovalForm(URI link, String token) {

    /** What the page's script adds where it has seen a person's hand before the press. */
    public static final Form SIGN_OF_A_PERSON = Form.of("presence", "seen");

    private static final int SEE_OTHER = 303;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final String[] OWN_PAGE = {"Sec-Fetch-Site", "same-origin"};
    private static final Pattern TOKEN = Pattern.compile("name=\"page_token\" value=\"([^\"]+)\"");

    /** Opens a link as a program does and reads its form. */
    public static ApprovalForm open(URI link, String... headers) {
        HttpRequest.Builder get = HttpRequest.newBuilder(link).timeout(TIME_LIMIT).GET();
        return of(
                link,
                RelyingParty.exchange(
                        headers.length == 0 ? get.build() : get.headers(headers).build()));
    }

    private static ApprovalForm of(URI link, Answer page) {
        Matcher token = TOKEN.matcher(page.body());
        return new ApprovalForm(link, token.find() ? token.group(1) : "");
    }

    /** Opens a link and presses a button of its page: approve, deny or report. */
    public static Answer decide(URI link, String decision) {
        return open(link).press("decision", decision);
    }

    /** The same over a client of the caller's own, which trusts the server's certificate. */
    public static Answer decide(URI link, String decision, HttpClient http) {
        HttpRequest get = HttpRequest.newBuilder(link).timeout(TIME_LIMIT).build();
        ApprovalForm form = of(link, RelyingParty.exchange(http, get));
        HttpRequest post = form.request(form.filled("decision", decision), OWN_PAGE);
        Answer answer = RelyingParty.exchange(http, post);
        return next(link, answer).map(page -> RelyingParty.exchange(http, page)).orElse(answer);
    }

    /** Presses a button, as a person does, and follows to the page that shows what came of it. */
    public Answer press(String button, String value) {
        return post(filled(button, value), OWN_PAGE);
    }

    /** Sends any form with these headers and follows to the page that the answer names, if any. */
    public Answer post(Form form, String... headers) {
        return follow(link, send(form, headers));
    }

    /** Sends any form with these headers; the answer as it is. */
    public Answer send(Form form, String... headers) {
        return RelyingParty.exchange(request(form, headers));
    }

    /** The page that an answer sends the browser on to (303), or the answer itself. */
    public static Answer follow(URI link, Answer answer) {
        return next(link, answer).map(RelyingParty::exchange).orElse(answer);
    }

    private static Optional<HttpRequest> next(URI link, Answer answer) {
        return answer.status() == SEE_OTHER
                ? Optional.of(
                        HttpRequest.newBuilder(link.resolve(answer.header("Location")))
                                .timeout(TIME_LIMIT)
                                .build())
                : Optional.empty();
    }

    /** What a person's browser sends when the person presses this button. */
    public Form filled(String button, String value) {
        return withoutButton().and(button, value);
    }

    /** All but the button. */
    public Form withoutButton() {
        return Form.of("page_token", token).and(SIGN_OF_A_PERSON);
    }

    private HttpRequest request(Form form, String... headers) {
        HttpRequest.Builder post =
                HttpRequest.newBuilder(link)
                        .timeout(TIME_LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.encoded()));
        return headers.length == 0 ? post.build() : post.headers(headers).build();
    }

    /** The same form with another token. */
    public ApprovalForm withToken(String other) {
        return new ApprovalForm(link, other);
    }
}
