// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request whose parameters the relying party has signed. */
@Tag("CIBA-Core-7.1.1")
class SignedRequestIT {
    private static final SigningKey KEY = SigningKey.generate();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(SignedRequestIT::addSigningClient);

    private final RelyingParty atPack = REALM.relyingParty("signing-pump");
    private final RelyingParty atKeycloak = atPack.atKeycloakEndpoints();

    private static void addSigningClient(RealmDocument realm) {
        realm.addClient("signing-pump", "signing-pump-secret");
        realm.clientAttribute("signing-pump", "use.jwks.string", "true");
        realm.clientAttribute("signing-pump", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute("signing-pump", "ciba.backchannel.auth.request.signing.alg", "ES256");
        realm.addUser("driver");
        realm.addUser("rider");
        realm.addUser("passenger");
    }

    @Test
    @Clause("7.1.1-1")
    void signedRequestIsAcceptedAndRedeemed() {
        Answer started = atPack.start(signed(claims().claim("binding_message", "Pump 4").build()));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.approves(REALM.mailbox().awaitMailFor(started.authReqId()));
        assertThat(atPack.poll(started.authReqId()).status()).isEqualTo(200);
    }

    @Test
    void signedRequestIsAcceptedAtKeycloaksEndpoint() {
        Answer started =
                atKeycloak.start(
                        signed(
                                claims().audience(atKeycloak.startEndpoint().toString())
                                        .claim("login_hint", "passenger")
                                        .build()));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Send 50  EUR", " Pump", "50\u00A0EUR", "Pump\u200B4", "a\u200Db"})
    void messageInsideThatWouldNotBeShownAsItIsIsRefused(String message) {
        JWTClaimsSet.Builder claims = claims().claim("binding_message", message);

        Answer atAs = atPack.start(signed(claims.build()));
        Answer atOwn =
                atKeycloak.start(
                        signed(claims.audience(atKeycloak.startEndpoint().toString()).build()));

        for (Answer refused : List.of(atAs, atOwn)) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_binding_message");
        }
    }

    @ParameterizedTest
    @MethodSource
    @Clause("7.1.1-2")
    void audienceMayBeTheIssuerOrTheEndpoint(String path) {
        Answer started =
                atPack.start(
                        signed(
                                claims().audience(REALM.url("") + path)
                                        .claim("login_hint", "rider")
                                        .claim("requested_expiry", 10)
                                        .build()));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        MailReader.denies(REALM.mailbox().awaitMailFor(started.authReqId()));
    }

    static Stream<String> audienceMayBeTheIssuerOrTheEndpoint() {
        return Stream.of("", "/as", "/as/cibaAuthorization");
    }

    @Test
    void requestIsGoodForOneUseAtOneEndpoint() {
        Form request = signed(claims().build());
        Answer started = atPack.start(request);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(atPack.start(request).error()).isEqualTo("invalid_request");
        assertThat(atKeycloak.start(request).error()).isEqualTo("invalid_request");
        MailReader.denies(REALM.mailbox().awaitMailFor(started.authReqId()));
    }

    @ParameterizedTest
    @MethodSource
    @Clause({"7.1.1-2", "7.1.1-3", "7.1.1-4", "7.1.1-5", "7.1.1-6", "7.1.1-7", "7.2-2"})
    void faultyRequestIsRefusedAtBothEndpoints(Consumer<JWTClaimsSet.Builder> fault) {
        JWTClaimsSet.Builder claims = claims();
        fault.accept(claims);
        Form request = signed(claims.build());

        Answer refused = atPack.start(request);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        Answer refusedByKeycloak = atKeycloak.start(request);
        assertThat(refusedByKeycloak.status()).as(refusedByKeycloak.body()).isEqualTo(400);
        assertThat(refusedByKeycloak.error()).isEqualTo("invalid_request");
    }

    static Stream<Named<Consumer<JWTClaimsSet.Builder>>> faultyRequestIsRefusedAtBothEndpoints() {
        return Stream.of(
                fault("no aud", claims -> claims.audience((String) null)),
                fault("other aud", claims -> claims.audience("https://other.example")),
                fault(
                        "token endpoint aud",
                        claims -> claims.audience(REALM.url("/as/token").toString())),
                fault("no iss", claims -> claims.issuer(null)),
                fault("other iss", claims -> claims.issuer("gas-pump")),
                fault("no exp", claims -> claims.expirationTime(null)),
                fault("expired", claims -> claims.expirationTime(in(-5))),
                fault("no iat", claims -> claims.issueTime(null)),
                fault("iat ahead", claims -> claims.issueTime(in(300))),
                fault("no nbf", claims -> claims.notBeforeTime(null)),
                fault("nbf ahead", claims -> claims.notBeforeTime(in(60))),
                fault(
                        "window too long",
                        claims -> claims.notBeforeTime(in(-3590)).expirationTime(in(60))),
                fault("no jti", claims -> claims.jwtID(null)),
                fault("text as time", claims -> claims.claim("nbf", "yesterday")));
    }

    private static Named<Consumer<JWTClaimsSet.Builder>> fault(
            String name, Consumer<JWTClaimsSet.Builder> change) {
        return Named.of(name, change);
    }

    @ParameterizedTest
    @MethodSource
    @Clause("7.1.1-9")
    void nothingMayStandBesideTheSignedRequest(String name, String value) {
        Form request = signed(claims().build()).and(name, value);
        assertThat(atPack.start(request).error()).isEqualTo("invalid_request");
        assertThat(atKeycloak.start(request).error()).isEqualTo("invalid_request");
    }

    static Stream<Arguments> nothingMayStandBesideTheSignedRequest() {
        return Stream.of(
                Arguments.of("scope", "openid"),
                Arguments.of("login_hint", "driver"),
                Arguments.of("binding_message", "Other"),
                Arguments.of("acr_values", "1"),
                Arguments.of("requested_expiry", "60"));
    }

    @Test
    @Clause("7.1.1-8")
    void unsignedRequestObjectIsRefused() {
        String plain = new PlainJWT(claims().build()).serialize();
        assertThat(atPack.start(Form.of("request", plain)).error()).isEqualTo("invalid_request");
        assertThat(atKeycloak.start(Form.of("request", plain)).error())
                .isEqualTo("invalid_request");
    }

    @Test
    @Clause("7.2-2")
    void signatureOfAnotherKeyIsRefused() {
        String foreign = SigningKey.generate().sign(claims().build());
        assertThat(atPack.start(Form.of("request", foreign)).error()).isEqualTo("invalid_request");
    }

    @Test
    @Clause("7.1.1-8")
    void clientWithoutRegisteredAlgorithmCannotSign() {
        RelyingParty pump = REALM.gasPump();
        String request = KEY.sign(claims().issuer("gas-pump").build());
        assertThat(pump.start(Form.of("request", request)).error()).isEqualTo("invalid_request");
    }

    @Test
    void requestUriIsNotFetched() {
        Form request = Form.of("request_uri", "https://127.0.0.1/request.jwt");
        assertThat(atPack.start(request).error()).isEqualTo("invalid_request");
    }

    private static Form signed(JWTClaimsSet claims) {
        return Form.of("request", KEY.sign(claims));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("signing-pump")
                .audience(REALM.url("").toString())
                .issueTime(in(0))
                .notBeforeTime(in(0))
                .expirationTime(in(300))
                .jwtID(UUID.randomUUID().toString())
                .claim("scope", "openid")
                .claim("login_hint", "driver");
    }

    private static Date in(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
