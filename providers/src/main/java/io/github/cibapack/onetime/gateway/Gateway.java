// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The family of a gateway: by which headers it describes the request that it asks about. A rule
 * names one, and the headers of the others are never read: whoever calls the API could send them.
 */
public enum Gateway {

    /** nginx, {@code auth_request}: answers 401 and 403 only, and drops the body of an answer. */
    NGINX(
            "X-Original-Method",
            "X-Original-Proto",
            "X-Original-Host",
            "X-Original-URI",
            "X-Real-IP"),

    /** Caddy, {@code forward_auth}, and Traefik, {@code forwardAuth}. */
    FORWARDED(
            "X-Forwarded-Method",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "X-Forwarded-Uri",
            "X-Forwarded-For"),

    /** Envoy, {@code ext_authz} over HTTP: method, host and path are the check's own. */
    ENVOY(null, "X-Forwarded-Proto", null, null, "X-Forwarded-For");

    /** No API has longer ones, which would only cost time. */
    private static final int LONGEST_PATH = 2_048;

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");
    private static final Pattern URI = Pattern.compile("/[!-~&&[^#]]{0,8000}");
    private static final Pattern SCHEME = Pattern.compile("(?i)(http|ws)s?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    private final String methodHeader;
    private final String schemeHeader;
    private final String hostHeader;
    private final String uriHeader;
    private final String addressHeader;

    Gateway(
            String methodHeader,
            String schemeHeader,
            String hostHeader,
            String uriHeader,
            String addressHeader) {
        this.methodHeader = methodHeader;
        this.schemeHeader = schemeHeader;
        this.hostHeader = hostHeader;
        this.uriHeader = uriHeader;
        this.addressHeader = addressHeader;
    }

    /**
     * The check itself, for gateways that describe the request by it.
     *
     * @param method HTTP method of the check
     * @param host its {@code Host}
     * @param rest path below the rule, and query
     * @param headers its headers by name; null for what is not there
     */
    public record CheckCall(
            String method, String host, String rest, Function<String, String> headers) {}

    /** The headers that describe a request. */
    Stream<String> describing() {
        return Stream.of(methodHeader, schemeHeader, hostHeader, uriHeader, addressHeader)
                .filter(Objects::nonNull);
    }

    /** Whether only the statuses 2xx, 401 and 403 get through, and no body. */
    public boolean passesHeadersOnly() {
        return this == NGINX;
    }

    /**
     * The request.
     *
     * @throws RefusedCheckException if a header does not describe one: the sentence names it
     */
    public OriginalRequest original(CheckCall call) {
        String method = described(call, methodHeader, call.method(), METHOD, "a method");
        String host = described(call, hostHeader, call.host(), HOST, "a host");
        String uri = described(call, uriHeader, call.rest(), URI, "a path with its query");
        String scheme = call.headers().apply(schemeHeader);
        if (scheme != null) {
            require(scheme, SCHEME, schemeHeader, "http, https, ws or wss");
        }
        OriginalRequest original =
                new OriginalRequest(
                        method,
                        scheme == null ? "" : scheme.toLowerCase(Locale.ROOT),
                        host,
                        uri,
                        Optional.ofNullable(call.headers().apply(addressHeader))
                                .map(Gateway::last)
                                .filter(address -> ADDRESS.matcher(address).matches()),
                        call.headers());
        if (original.path().length() > LONGEST_PATH) {
            throw new RefusedCheckException(
                    Status.REQUEST_URI_TOO_LONG,
                    "invalid_request",
                    "The path of the request is too long.");
        }
        return original;
    }

    private static String described(
            CheckCall call, String header, String own, Pattern pattern, String what) {
        String text = header == null ? own : call.headers().apply(header);
        require(text, pattern, header == null ? "The check itself" : header, what);
        return text;
    }

    private static void require(String text, Pattern pattern, String where, String what) {
        if (text == null || !pattern.matcher(text).matches()) {
            throw RefusedCheckException.invalid(
                    text == null
                            ? "%s is missing: it must be %s.".formatted(where, what)
                            : "%s is not %s.".formatted(where, what));
        }
    }

    /** Of a list the last one: the gateway's own word, the others are hearsay. */
    private static String last(String addresses) {
        return addresses.substring(addresses.lastIndexOf(',') + 1).trim();
    }
}
