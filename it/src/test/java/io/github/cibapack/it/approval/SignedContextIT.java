// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's parser passes over most of what it does not know: the context is not lost with it. */
class SignedContextIT {
    private static final SigningKey KEY = SigningKey.generate();

    /** With its names longer than the 200 characters that Keycloak keeps. */
    private static final String LONG =
            Json.object()
                    .put("place", "Kufstein ".repeat(11) + "1")
                    .put("device", "Pump ".repeat(19) + "4")
                    .toString();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(SignedContextIT::addSigningClient);

    private static void addSigningClient(RealmDocument realm) {
        realm.addClient("signing-pump", "signing-pump-secret");
        realm.clientAttribute("signing-pump", "use.jwks.string", "true");
        realm.clientAttribute("signing-pump", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute("signing-pump", "ciba.backchannel.auth.request.signing.alg", "ES256");
        for (String user : List.of("signed-true", "signed-false", "form-true", "form-false")) {
            realm.addUser(user);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void contextInsideASignedRequestIsShownWhole(boolean documented) {
        RelyingParty pump = pump(documented);
        String user = "signed-" + documented;

        Answer started = pump.start(signed(pump, user, LONG));

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(page(user)).contains("Kufstein 1").contains("Pump 4");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void longContextInAFormIsShownWhole(boolean documented) {
        String user = "form-" + documented;

        Answer started =
                pump(documented)
                        .start(
                                Form.of("scope", "openid", "login_hint", user)
                                        .and("binding_message", "for-" + user)
                                        .and("request_context", LONG));

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(page(user)).contains("Kufstein 1").contains("Pump 4");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWouldNotBeShownAsItIsIsRefusedInsideASignedRequestToo(boolean documented) {
        RelyingParty pump = pump(documented);
        String reversed = LONG.replace("Pump 4", "Pump \u202E4");

        Answer refused = pump.start(signed(pump, "signed-" + documented, reversed));

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains("request_context");
    }

    private static RelyingParty pump(boolean documented) {
        RelyingParty pump = REALM.relyingParty("signing-pump");
        return documented ? pump : pump.atKeycloakEndpoints();
    }

    private static Form signed(RelyingParty pump, String user, String context) {
        Instant now = Instant.now();
        return Form.of(
                "request",
                KEY.sign(
                        new JWTClaimsSet.Builder()
                                .issuer(pump.clientId())
                                .audience(pump.issuer().toString())
                                .issueTime(Date.from(now))
                                .notBeforeTime(Date.from(now))
                                .expirationTime(Date.from(now.plusSeconds(60)))
                                .jwtID(UUID.randomUUID().toString())
                                .claim("scope", "openid")
                                .claim("login_hint", user)
                                .claim("binding_message", "for-" + user)
                                .claim("request_context", context)
                                .build()));
    }

    private static String page(String user) {
        URI link =
                REALM.mailbox()
                        .await(mail -> mail.mentions("for-" + user), Duration.ofSeconds(20))
                        .magicLink();
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }
}
