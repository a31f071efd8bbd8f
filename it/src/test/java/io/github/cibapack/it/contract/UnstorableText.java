// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls of all endpoints with text that not every database takes: the character NUL, one half of a
 * surrogate pair. Each is to be refused as what the caller has done.
 *
 * @param name of the call
 * @param send makes it
 */
public record UnstorableText(String name, Supplier<Answer> send) {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String POLL = "grant_type=" + RelyingParty.GRANT_TYPE + "&auth_req_id=";
    private static final String START = "scope=openid&binding_message=a";

    private static final List<String> PARAMETERS =
            List.of(
                    "acr_values",
                    "authorization_details",
                    "binding_message",
                    "client_assertion",
                    "client_id",
                    "client_notification_token",
                    "id_token_hint",
                    "login_hint",
                    "login_hint_token",
                    "request",
                    "request_context",
                    "requested_expiry",
                    "resource",
                    "scope",
                    "user_code",
                    "of_nobody");

    /**
     * All of them.
     *
     * @param pump any client of the realm that may use CIBA
     * @param admin of the server
     */
    public static List<UnstorableText> calls(RelyingParty pump, AdminApi admin) {
        List<UnstorableText> calls = new ArrayList<>();
        Stream.of("/as/cibaAuthorization", "/protocol/openid-connect/ext/ciba/auth")
                .forEach(endpoint -> starts(calls, pump, endpoint));
        Stream.of("/as/token", "/as/cancel", "/as/status")
                .forEach(
                        endpoint -> {
                            add(calls, pump, endpoint, POLL + "a%00b");
                            add(calls, pump, endpoint, POLL + "a&client_id=a%00b");
                            add(calls, pump, endpoint, POLL + "a&a%00b=c");
                            add(calls, pump, endpoint + "%00", POLL + "a");
                            add(calls, pump, endpoint + "?client_id=a%00b", POLL + "a");
                        });
        add(calls, pump, "/as/token", "grant_type=password&username=a%00b&password=c");
        add(calls, pump, "/ciba/approve/abc", "decision=a%00b");
        add(calls, pump, "/ciba/requests/abc", "decision=a%00b");
        Stream.of(
                        "/ciba/approve/a%00b",
                        "/ciba/requests/a%00b",
                        "/ciba/requests?kc_locale=a%00b",
                        "/one-time-authorization/a%00b",
                        "/as/.well-known/openid-configuration?a=%00")
                .forEach(path -> calls.add(get(pump, path)));
        ofRealm(calls, pump);
        ofAdmin(calls, pump, admin);
        return calls;
    }

    private static void starts(List<UnstorableText> calls, RelyingParty pump, String endpoint) {
        for (String parameter : PARAMETERS) {
            String hint = parameter.contains("hint") ? "" : "&login_hint=alice";
            String others = (START + hint).replaceFirst("(^|&)" + parameter + "=[^&]*", "");
            add(calls, pump, endpoint, parameter + "=a%00b&" + others);
        }
        // in JSON, too
        for (String address : List.of("a\\u0000@example.org", "a\\ud800@example.org")) {
            add(
                    calls,
                    pump,
                    endpoint,
                    START
                            + "&login_hint="
                            + encoded("{\"format\":\"email\",\"email\":\"" + address + "\"}"));
        }
        add(calls, pump, endpoint, START + "&login_hint=a%ed%a0%80b");
        calls.add(
                new UnstorableText(
                        endpoint + ": id in the header",
                        () ->
                                post(
                                        uri(pump, endpoint),
                                        START + "&login_hint=alice",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                "a%00b:c"
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8)))));
    }

    private static void ofRealm(List<UnstorableText> calls, RelyingParty pump) {
        URI nowhere = URI.create(pump.issuer() + "%00/as/token");
        calls.add(new UnstorableText("realm", () -> post(nowhere, POLL + "a", pump.basic())));
    }

    private static void ofAdmin(List<UnstorableText> calls, RelyingParty pump, AdminApi admin) {
        String realm = pump.issuer().getPath().replaceFirst(".*/", "/") + "/ciba";
        Stream.of(
                        "/history?client=a%00b",
                        "/history?user=a%00b",
                        "/history?auth_req_id=a%00b",
                        "/requests/a%00b",
                        "/users/a%00b/requests",
                        "/users/a%00b/notification-counters",
                        "/users/a/notification-counters?client=a%00b",
                        "/clients/a%00b/settings")
                .forEach(
                        path ->
                                calls.add(
                                        new UnstorableText(
                                                "admin" + path,
                                                () -> admin.call("GET", realm + path, null))));
    }

    private static UnstorableText get(RelyingParty pump, String path) {
        return new UnstorableText(
                "GET " + path,
                () -> RelyingParty.exchange(HttpRequest.newBuilder(uri(pump, path)).build()));
    }

    private static void add(
            List<UnstorableText> calls, RelyingParty pump, String path, String form) {
        calls.add(
                new UnstorableText(
                        path + ": " + form, () -> post(uri(pump, path), form, pump.basic())));
    }

    private static URI uri(RelyingParty pump, String path) {
        return URI.create(pump.issuer() + path);
    }

    private static Answer post(URI uri, String form, String authorization) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", FORM)
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
