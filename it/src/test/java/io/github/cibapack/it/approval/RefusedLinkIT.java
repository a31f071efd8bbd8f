// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A live link that a mail scanner, a proxy or a person has bent is refused, and its ticket is found
 * neither in a log nor in a label of a metric.
 */
class RefusedLinkIT {

    private static final int TIME_LIMIT_MILLIS = 20_000;

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    /** A request as it goes over the wire. */
    private record Raw(String method, String target, String headers) {
        static Raw of(String method, String target) {
            return new Raw(method, target, "");
        }
    }

    @Test
    void ticketOfARefusedLinkIsNowhere() {
        Answer started = REALM.gasPump().start("alice", "bent link");
        URI link = REALM.mailbox().awaitMailFor(started.authReqId()).magicLink();
        String path = link.getRawPath();
        String ticket = path.substring(path.lastIndexOf('/') + 1);

        for (Raw raw : bent(path, ticket).toList()) {
            exchange(link, raw);
        }

        assertThat(Metrics.of(REALM.server()).lines()).noneMatch(line -> line.contains(ticket));
        assertThat(REALM.server().logs()).doesNotContain(ticket);
        assertThat(RelyingParty.exchange(HttpRequest.newBuilder(link).build()))
                .as("the link is as good as before")
                .extracting(Answer::status)
                .isEqualTo(200);
        assertThat(REALM.gasPump().poll(started.authReqId()).isUndecided()).isTrue();
    }

    private static Stream<Raw> bent(String path, String ticket) {
        String form = "Content-Type: application/json\r\n";
        Stream<Raw> methods =
                Stream.of("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "BREW", "get")
                        .map(method -> Raw.of(method, path));
        Stream<Raw> paths =
                Stream.of(
                                path + "/",
                                path + "/more",
                                path + "%0a",
                                path + "%zz",
                                path + "%00",
                                path + "%",
                                path + ";a=b",
                                path + "?a=%zz",
                                path + "?ticket=" + ticket,
                                path + "/../" + ticket,
                                path + "//",
                                "/" + path,
                                path.replace("/ciba/", "/CIBA/"),
                                path.replace("/approve/", "/approve//"),
                                path.replace("/approve/", "/approval/"),
                                path.replace("/approve/", "/"),
                                path.replace("/ciba/approve/", "/as/"),
                                path.replace("/ciba/approve/", "/protocol/openid-connect/"),
                                path.replace("/ciba/approve/", "/.well-known/"),
                                path.replace("/realms/", "/realms/no-such-"),
                                path.replace("/realms/", "/auth/realms/"),
                                "/" + ticket,
                                "/" + ticket + "/" + ticket,
                                "/admin/realms/" + ticket,
                                "/resources/" + ticket,
                                path + "?" + "x=1&".repeat(1500))
                        .flatMap(target -> Stream.of(Raw.of("GET", target), post(target, "")));
        Stream<Raw> others =
                Stream.of(
                        post(path, form),
                        post(path, "Content-Type: a b c\r\n"),
                        post(path, "Content-Type: multipart/form-data\r\n"),
                        new Raw("GET", path, "Accept: a b c\r\n"),
                        new Raw("GET", path, "Accept: application/xml\r\n"),
                        new Raw("GET", path, "Cookie: KC_RESTART=" + ticket + "\r\n"),
                        new Raw("GET", path, "Cookie: KEYCLOAK_IDENTITY=" + ticket + "\r\n"),
                        new Raw("GET", path, "Referer: http://localhost" + path + "\r\n"),
                        new Raw("GET", path, "X-Long: " + "x".repeat(20_000) + "\r\n"),
                        new Raw("GET", path, "Authorization: Bearer " + ticket + "\r\n"));
        return Stream.of(methods, paths, others).flatMap(any -> any);
    }

    private static Raw post(String target, String headers) {
        String type =
                headers.isEmpty() ? "Content-Type: application/x-www-form-urlencoded\r\n" : headers;
        return new Raw("POST", target, type + "Content-Length: 0\r\n");
    }

    private static void exchange(URI server, Raw raw) {
        String request =
                "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                        .formatted(
                                raw.method(), raw.target(), server.getAuthority(), raw.headers());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(TIME_LIMIT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(raw.toString().substring(0, 20), e);
        }
    }
}
