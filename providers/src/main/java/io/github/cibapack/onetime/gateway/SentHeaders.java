// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The headers of a check, as the servers behind the gateway may read them. CGI and all that came
 * after it (RFC 3875 §4.1.18) turn a name into a variable's, in which {@code -}, {@code _} and more
 * are the same: a header has a twin for each spelling, and which one counts nobody here knows. What
 * the rule reads is therefore there once, in one spelling, or the check is refused.
 */
public final class SentHeaders {
    private static final int LONGEST_NAME = 64;

    /** Read as the beginning of a name: what only the gateway may say, to the rule and the API. */
    private static final List<String> OF_THE_GATEWAY =
            Stream.of(
                            Headers.TRANSACTION,
                            Headers.SECRET,
                            "X-Forwarded-",
                            "X-Original-",
                            "X-Real-IP")
                    .map(SentHeaders::readAs)
                    .toList();

    /** By the name that a server may read. */
    private final Map<String, List<Sent>> sent;

    private record Sent(String name, List<String> values) {}

    private SentHeaders(Map<String, List<Sent>> sent) {
        this.sent = sent;
    }

    /**
     * The headers of a check.
     *
     * @param headers values by name, as they were sent
     */
    public static SentHeaders of(Map<String, List<String>> headers) {
        Map<String, List<Sent>> sent = new LinkedHashMap<>();
        headers.forEach(
                (name, values) ->
                        sent.computeIfAbsent(readAs(name), any -> new ArrayList<>())
                                .add(new Sent(name, List.copyOf(values))));
        return new SentHeaders(sent);
    }

    /** A name as a server may read it: without case, and all but letters and digits is the same. */
    static String readAs(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }

    /** The same without those that nobody needs any more. */
    public SentHeaders without(Set<String> names) {
        Map<String, List<Sent>> left = new LinkedHashMap<>(sent);
        names.forEach(name -> left.remove(readAs(name)));
        return new SentHeaders(left);
    }

    /**
     * Refuses what could make another request of this one, or an approval of nothing: headers with
     * another method or URL, and the gateway's own in a spelling that the gateway does not remove.
     *
     * @throws RefusedCheckException if there is one
     */
    public void requireUnambiguous() {
        sent.forEach(
                (readAs, headers) -> {
                    if (OverrideHeaders.isOne(readAs)) {
                        throw refused(
                                headers.get(0).name(), "gives the request another method or URL");
                    }
                    if (OF_THE_GATEWAY.stream().anyMatch(readAs::startsWith)) {
                        // their own names have no other characters than letters and hyphens
                        requireOneSpelling(headers, readAs);
                    }
                });
    }

    /**
     * The value of a header; null if it is not there.
     *
     * @throws RefusedCheckException if it is there twice, or in another spelling
     */
    public String only(String name) {
        List<Sent> headers = sent.getOrDefault(readAs(name), List.of());
        requireOneSpelling(headers, name);
        List<String> values = headers.stream().flatMap(header -> header.values().stream()).toList();
        if (values.size() > 1) {
            throw refused(name, "is there more than once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** All values of a header that may be there more than once; null if it is not there. */
    public String joined(String name) {
        List<String> values =
                sent.getOrDefault(readAs(name), List.of()).stream()
                        .filter(header -> header.name().equalsIgnoreCase(name))
                        .flatMap(header -> header.values().stream())
                        .toList();
        return values.isEmpty() ? null : String.join(", ", values);
    }

    private static void requireOneSpelling(List<Sent> headers, String name) {
        for (Sent header : headers) {
            if (!header.name().equalsIgnoreCase(name)) {
                throw refused(header.name(), "may be read as another header");
            }
        }
    }

    /** The name may be as long as the caller likes. */
    private static RefusedCheckException refused(String name, String why) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return RefusedCheckException.invalid("The header %s %s.".formatted(shown, why));
    }
}
