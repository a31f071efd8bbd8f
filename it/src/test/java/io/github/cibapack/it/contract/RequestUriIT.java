// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import io.github.cibapack.it.server.LoopbackHttp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed request that Keycloak's own endpoint has to fetch first. */
class RequestUriIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final SigningKey KEY = SigningKey.generate();
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final HttpServer HOST = host();

    private static Supplier<String> answer;

    /** A realm as it comes. */
    @RegisterExtension
    static final RealmFixture GUARDED = RealmFixture.fresh().with(RequestUriIT::addClient);

    /** One whose relying parties are inside. */
    @RegisterExtension
    static final RealmFixture OPEN =
            RealmFixture.fresh()
                    .with(RequestUriIT::addClient)
                    .with(realm -> realm.attribute("ciba.outbound.allow-http", "true"))
                    .with(realm -> realm.attribute("ciba.outbound.allow-private", "true"));

    private static void addClient(RealmDocument realm) {
        realm.addClient("signing-pump", "signing-pump-secret");
        realm.clientAttribute("signing-pump", "use.jwks.string", "true");
        realm.clientAttribute("signing-pump", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute("signing-pump", "ciba.backchannel.auth.request.signing.alg", "ES256");
        realm.clientAttribute("signing-pump", "request.uris", reference());
        realm.addUser("driver");
    }

    @BeforeEach
    void nobodyHasCalled() {
        CALLS.set(0);
    }

    @AfterAll
    static void stop() {
        HOST.stop(0);
    }

    @Test
    void isNotFetchedFromInsideUnlessTheRealmAllowsIt() {
        answer = () -> signed(GUARDED, "inside");

        Answer refused = start(GUARDED);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(CALLS).hasValue(0);
        assertThat(GUARDED.server().logs()).doesNotContain(reference());
    }

    @Test
    void isFetchedOnceAndAsksTheUser() {
        answer = () -> signed(OPEN, "pump4") + "\n";

        Answer started = start(OPEN);

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(CALLS).hasValue(1);
        assertThat(OPEN.mailbox().await(mail -> mail.mentions("pump4"), SOON).to())
                .contains("driver@ciba-demo.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no token", "a.b.c", "{}"})
    void whatIsNoRequestIsRefusedWithoutAStackTrace(String fetched) {
        answer = () -> fetched;
        int before = OPEN.server().logs().length();

        Answer refused = start(OPEN);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(OPEN.server().logs().substring(before)).doesNotContain("SignedRequestParser");
    }

    private static Answer start(RealmFixture realm) {
        RelyingParty pump = realm.relyingParty("signing-pump").atKeycloakEndpoints();
        return pump.start(Form.of("request_uri", reference()));
    }

    private static String reference() {
        return "http://127.0.0.1:" + HOST.getAddress().getPort() + "/request.jwt";
    }

    private static HttpServer host() {
        HttpServer host = LoopbackHttp.onAnyPort();
        host.createContext(
                "/",
                exchange -> {
                    CALLS.incrementAndGet();
                    byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        host.start();
        return host;
    }

    private static String signed(RealmFixture realm, String message) {
        Instant now = Instant.now();
        return KEY.sign(
                new JWTClaimsSet.Builder()
                        .issuer("signing-pump")
                        .audience(realm.url("").toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid")
                        .claim("login_hint", "driver")
                        .claim("binding_message", message)
                        .build());
    }
}
