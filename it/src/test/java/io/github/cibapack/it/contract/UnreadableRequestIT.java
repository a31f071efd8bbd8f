// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read at all is the caller's fault, and no reason for a stack trace. */
class UnreadableRequestIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String KEYCLOAKS_ENDPOINT = "/protocol/openid-connect/ext/ciba/auth";
    private static final String MULTIPART = "multipart/form-data; boundary=x";

    private static final List<String> OWN_FORMS =
            List.of(
                    "/as/cibaAuthorization",
                    "/as/token",
                    KEYCLOAKS_ENDPOINT,
                    "/ciba/approve/abc",
                    "/ciba/requests/abc");

    private static final List<String> ALL_AS =
            List.of(
                    "/as/cibaAuthorization",
                    "/as/token",
                    "/as/cancel",
                    "/as/status",
                    KEYCLOAKS_ENDPOINT);

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    static Stream<Arguments> calls() {
        return Stream.of(
                        "/realms/R/as/cibaAuthorization",
                        "/realms/R/as/token",
                        "/realms/R/protocol/openid-connect/ext/ciba/auth",
                        "/realms/R/ciba/approve/abc",
                        "/realms/R/ciba/requests/abc",
                        "/realms/R/one-time-authorization/none",
                        "/admin/realms/R/ciba/test-mail")
                .flatMap(
                        path ->
                                Stream.of(
                                        call(path, "percent", FORM, "scope=%zz"),
                                        call(path, "half", FORM, "scope=a%"),
                                        call(path, "percent in name", FORM, "sc%zz=a"),
                                        call(path, "many parameters", FORM, many()),
                                        call(path, "type ;", ";", "a=b"),
                                        call(path, "type x", "x", "a=b"),
                                        call(path, "type x/y;z", "x/y;z", "a=b"),
                                        call(path, "type quote", FORM + ";charset=\"", "a=b"),
                                        call(path, "charset", FORM + ";charset=nope", "a=b"),
                                        call(path, "its value", FORM + ";charset=nope", "a=%41"),
                                        call(path, "no charset", FORM + ";charset=", "a=%41"),
                                        call(
                                                path,
                                                "charset twice",
                                                FORM + ";charset=nope;charset=utf-8",
                                                "a=%41"),
                                        call(
                                                path,
                                                "charset of two bytes",
                                                FORM + ";charset=utf-16",
                                                "a=b"),
                                        call(path, "type that begins so", FORM + "x", "a=%zz"),
                                        call(path, "no boundary", "multipart/form-data", "a=b"),
                                        call(path, "no part", MULTIPART, ""),
                                        call(path, "cut part", MULTIPART, "--x\r\nContent-Dispo"),
                                        call(path + "%0ab", "line", FORM, "a=%zz"),
                                        call(path + ";a=b", "matrix", FORM, "a=%zz"),
                                        call(
                                                path.replace("/R/", "/R/;a=b/"),
                                                "matrix before",
                                                FORM,
                                                "a=%zz"),
                                        call(path + "%zz", "path", FORM, "a=b"),
                                        call(path + "?a=%zz", "query", FORM, "a=b")))
                .filter(call -> !isReadBeforeThePack(call));
    }

    /** Before 26.7, Keycloak itself reads the parts of a body that a gateway sends along. */
    private static boolean isReadBeforeThePack(Arguments call) {
        return !Workspace.current().isKeycloakAtLeast("26.7")
                && MULTIPART.equals(call.get()[1])
                && call.get()[0].toString().contains("one-time");
    }

    private static String many() {
        return IntStream.range(0, 1500)
                .mapToObj(i -> "p" + i + "=1")
                .collect(Collectors.joining("&"));
    }

    private static Arguments call(String path, String name, String type, String body) {
        return Arguments.of(Named.of(path + ": " + name, path), type, body);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isABadRequestWithoutAStackTrace(String path, String type, String body) throws IOException {
        int before = REALM.server().logs().length();
        String answer = send(path.replace("/R/", "/" + REALM.name() + "/"), type, body);
        String log = REALM.server().logs().substring(before);
        assertThat(answer).as(answer).doesNotStartWith("HTTP/1.1 5").doesNotContain("\tat ");
        if (isBroken(path, type, body)) {
            assertThat(answer).startsWith("HTTP/1.1 400");
        }
        // other classes use this server at the same time
        assertThat(log)
                .doesNotContain("Failed to decode")
                .doesNotContain("Param limit")
                .doesNotContain("parsing multipart")
                .doesNotContain("Failed to parse media type");
    }

    @Test
    void refusalOfACharsetNamesThoseThatAreRead() throws IOException {
        String path = "/realms/" + REALM.name() + "/as/cibaAuthorization";

        assertThat(send(path, FORM + ";charset=utf-16", "a=b"))
                .startsWith("HTTP/1.1 400")
                .contains("must be UTF-8, US-ASCII or ISO-8859-1.");
        for (String charset : List.of("UTF-8", "US-ASCII", "ISO-8859-1")) {
            assertThat(send(path, FORM + ";charset=" + charset, "a=b"))
                    .contains("One of login_hint");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "ffffffffffffffffff\r\na", "5\r\na=b", ""})
    void bodyThatEndsTooSoonIsNoReasonForAStackTrace(String chunks) throws IOException {
        int before = REALM.server().logs().length();

        for (String path : OWN_FORMS) {
            sendChunks("/realms/" + REALM.name() + path, chunks);
        }
        send("/realms/" + REALM.name() + "/as/token", FORM, "a=b");

        assertThat(REALM.server().logs().substring(before)).doesNotContain("readBlocking");
    }

    private static void sendChunks(String path, String chunks) throws IOException {
        URI server = REALM.server().baseUrl();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            String head =
                    "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\n"
                                    .formatted(path, server.getAuthority(), FORM)
                            + "Transfer-Encoding: chunked\r\n\r\n";
            socket.getOutputStream().write((head + chunks).getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz:s", "gas-pump:%", "a%\r\n:s"})
    void credentialsThatCannotBeDecodedAreNoReasonForAStackTraceEither(String credentials)
            throws IOException {
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        int before = REALM.server().logs().length();

        for (String endpoint : List.of("/as/cibaAuthorization", "/as/token")) {
            String answer =
                    send(
                            "/realms/" + REALM.name() + endpoint,
                            FORM,
                            "grant_type=urn:openid:params:grant-type:ciba&auth_req_id=x",
                            basic);
            assertThat(answer).startsWith("HTTP/1.1 401").contains("invalid_client");
        }
        assertThat(REALM.server().logs().substring(before)).doesNotContain("URLDecoder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1b[31mFORGED", "%e2%80%aeFORGED", "%0aFORGED", "%c2%9bFORGED"})
    void idOfNoClientColoursNoLog(String id) throws IOException {
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((id + ":s").getBytes(StandardCharsets.UTF_8));
        int before = REALM.server().logs().length();

        for (String endpoint : ALL_AS) {
            String path = "/realms/" + REALM.name() + endpoint;
            String form = "grant_type=urn:openid:params:grant-type:ciba&auth_req_id=x";
            assertThat(send(path, FORM, form, basic)).startsWith("HTTP/1.1 401");
            assertThat(send(path, FORM, form + "&client_secret=s&client_id=" + id, "Basic"))
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(REALM.server().logs().substring(before)).doesNotContain("FORGED");
    }

    /** Of two headers Keycloak reads the first one. */
    @Test
    void secondHeaderDoesNotHideTheFirst() throws IOException {
        String id =
                Base64.getEncoder()
                        .encodeToString("%1b[31mFORGED:sss".getBytes(StandardCharsets.UTF_8));
        int before = REALM.server().logs().length();

        assertThat(id).endsWith("=");
        for (String endpoint : ALL_AS) {
            assertThat(
                            send(
                                    "/realms/" + REALM.name() + endpoint,
                                    FORM,
                                    "grant_type=urn:openid:params:grant-type:ciba&auth_req_id=x",
                                    "Basic " + id + "\r\nAuthorization: x"))
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(REALM.server().logs().substring(before)).doesNotContain("FORGED");
    }

    /** Keycloak takes two parts for a JWT, and passes over empty ones behind the third. */
    @ParameterizedTest
    @ValueSource(strings = {"", ".c2ln.", ".c2ln.."})
    void assertionOfAnotherNumberOfPartsWritesNothingIntoTheLog(String end) throws IOException {
        String name = "\\u001b[31mFORGED";
        String assertion =
                part("{\"alg\":\"RS256\"}")
                        + "."
                        + part(
                                "{\"iss\":\"%1$s\",\"sub\":\"%1$s\",\"jti\":\"%1$s\"}"
                                        .formatted(name))
                        + end;
        int before = REALM.server().logs().length();

        for (String endpoint : ALL_AS) {
            assertThat(
                            send(
                                    "/realms/" + REALM.name() + endpoint,
                                    FORM,
                                    "grant_type=urn:openid:params:grant-type:ciba&auth_req_id=x"
                                            + "&client_assertion_type=urn:ietf:params:oauth:"
                                            + "client-assertion-type:jwt-bearer&client_assertion="
                                            + assertion,
                                    "Basic"))
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(REALM.server().logs().substring(before)).doesNotContain("FORGED");
    }

    @Test
    @NeedsKeycloak(value = "26.7", because = "before, Keycloak fails at a key of no known kind")
    void proofWhoseKeyIsOfNoKnownKindIsNoReasonForAStackTrace() throws IOException {
        assertProofIsRefused("{'kty':'none'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kty':'EC','crv':'P-256','x':'a','y':'b'}",
                "{'kty':'RSA','n':'','e':'!'}",
                "{'kty':'EC'}",
                "'x'"
            })
    void proofWhoseKeyIsNoneIsNoReasonForAStackTrace(String key) throws IOException {
        assertProofIsRefused(key);
    }

    private static void assertProofIsRefused(String key) throws IOException {
        String proof =
                part(
                                "{\"alg\":\"ES256\",\"typ\":\"dpop+jwt\",\"jwk\":"
                                        + key.replace('\'', '"')
                                        + "}")
                        + "."
                        + part("{\"htm\":\"POST\",\"htu\":\"x\",\"jti\":\"x\",\"iat\":1}")
                        + ".AAAA";
        int before = REALM.server().logs().length();

        for (String endpoint : List.of("/as/token", "/as/cancel", "/as/status")) {
            String answer =
                    send(
                            "/realms/" + REALM.name() + endpoint,
                            FORM,
                            "grant_type=urn:openid:params:grant-type:ciba&auth_req_id=x",
                            REALM.gasPump().basic() + "\r\nDPoP: " + proof);
            assertThat(answer)
                    .as(key)
                    .startsWith("HTTP/1.1 400")
                    .contains("\"invalid_dpop_proof\"", "(Correlation ID: ");
        }
        assertThat(REALM.server().logs().substring(before)).doesNotContain("createECPublicKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u001b[31mFORGED", "\\nFORGED", "FORGED%600s"})
    void proofWritesNothingIntoTheLog(String type) throws IOException {
        String proof =
                part("{\"alg\":\"ES256\",\"typ\":\"%s\"}".formatted(type.formatted("x")))
                        + "."
                        + part("{}")
                        + ".AAAA";
        int before = REALM.server().logs().length();

        for (String endpoint : List.of("/as/token", "/as/cancel", "/as/status")) {
            assertThat(
                            send(
                                    "/realms/" + REALM.name() + endpoint,
                                    FORM,
                                    "grant_type=urn:openid:params:grant-type:ciba&auth_req_id=x",
                                    REALM.gasPump().basic() + "\r\nDPoP: " + proof))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"invalid_dpop_proof\"");
        }
        assertThat(REALM.server().logs().substring(before)).doesNotContain("FORGED");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rp.example/request",
                "https://rp.example/request%0aFORGED?code=x",
                "urn:ietf:params:oauth:request_uri:x",
                "http://[",
                "%"
            })
    void requestUriThatIsNotRegisteredIsNoReasonForAStackTrace(String reference)
            throws IOException {
        String form = "request_uri=" + URLEncoder.encode(reference, StandardCharsets.UTF_8);
        int before = REALM.server().logs().length();

        for (String endpoint : List.of("/as/cibaAuthorization", KEYCLOAKS_ENDPOINT)) {
            String answer = send("/realms/" + REALM.name() + endpoint, FORM, form);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("invalid_request");
        }
        assertThat(REALM.server().logs().substring(before))
                .doesNotContain("request_uri' not allowed", "FORGED");
    }

    /** A type without a meaning is none of those that cannot be read. */
    private static boolean isBroken(String path, String type, String body) {
        if (path.contains(";") || path.contains("%0a")) {
            // no endpoint may be there
            return false;
        }
        boolean form =
                type.equals(FORM) && !path.startsWith("/admin") && !path.contains("one-time");
        return !type.contains("/") || (form && !body.equals("a=b"));
    }

    private static String send(String path, String type, String body) throws IOException {
        return send(path, type, body, REALM.gasPump().basic());
    }

    private static String send(String path, String type, String body, String authorization)
            throws IOException {
        URI server = REALM.server().baseUrl();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            String head =
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: "
                            + server.getAuthority()
                            + "\r\nConnection: close\r\nAuthorization: "
                            + authorization
                            + "\r\nContent-Type: "
                            + type
                            + "\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
