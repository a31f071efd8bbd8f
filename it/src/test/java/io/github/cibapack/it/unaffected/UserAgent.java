// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as Keycloak's login pages need: cookies, links, forms, redirects. */
final class UserAgent {

    private static final int MOST_REDIRECTS = 5;

    private final Map<String, String> cookies = new TreeMap<>();

    /** Opens a page, following redirects. */
    Answer open(URI uri) {
        return send(uri, HttpRequest.newBuilder(uri).GET());
    }

    /** Follows the first link whose address holds this text. */
    Answer follow(URI page, Answer from, String part) {
        return open(
                page.resolve(found(from, "href=\"([^\"]*" + Pattern.quote(part) + "[^\"]*)\"")));
    }

    /** Sends the first form of a page. */
    Answer submit(URI page, Answer from, Form fields) {
        URI action = page.resolve(found(from, "<form[^>]* action=\"([^\"]+)\""));
        return send(
                action,
                HttpRequest.newBuilder(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields.encoded())));
    }

    private Answer send(URI uri, HttpRequest.Builder request) {
        Answer answer = withCookies(request);
        URI at = uri;
        for (int i = 0; i < MOST_REDIRECTS && answer.status() / 100 == 3; i++) {
            at = at.resolve(answer.header("Location"));
            answer = withCookies(HttpRequest.newBuilder(at).GET());
        }
        return answer;
    }

    private Answer withCookies(HttpRequest.Builder request) {
        request.timeout(Duration.ofSeconds(30));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Answer answer = RelyingParty.exchange(request.build());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    private static String found(Answer page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page.body());
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " on the page:\n" + page.body());
        }
        return matcher.group(1).replace("&amp;", "&");
    }
}
