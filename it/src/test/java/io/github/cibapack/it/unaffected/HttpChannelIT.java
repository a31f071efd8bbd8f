// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.unaffected;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.consent.Scopes;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.suite.OwnServer;
import java.text.ParseException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keycloak's HTTP channel, set up with nothing but its URI: with the pack, without it, and with the
 * channel chosen by the build option that the documentation recommends.
 */
@OwnServer
class HttpChannelIT {

    private static final DecoupledServer DECOUPLED = TwoServers.DECOUPLED;

    @RegisterExtension
    static final RealmFixture WITH_PACK = RealmFixture.fresh().sharing(TwoServers::withPack);

    @RegisterExtension
    static final RealmFixture WITHOUT_PACK =
            RealmFixture.fresh().sharingUntouched(TwoServers::withoutPack);

    @RegisterExtension
    static final RealmFixture CHOSEN =
            RealmFixture.fresh()
                    .on(
                            TwoServers.URI_ONLY.withBuildOptions(
                                    "--spi-ciba-auth-channel--provider-default"
                                            + "=ciba-http-auth-channel"));

    @BeforeEach
    void forgetEarlierCalls() {
        DECOUPLED.forget();
    }

    static Stream<Named<RealmFixture>> servers() {
        return Stream.of(
                Named.of("with the pack", WITH_PACK),
                Named.of("without the pack", WITHOUT_PACK),
                Named.of("with the pack and the HTTP channel chosen", CHOSEN));
    }

    static Stream<Named<RealmFixture>> serversWithPack() {
        return servers().filter(server -> server.getPayload() != WITHOUT_PACK);
    }

    static Stream<Named<Form>> requests() {
        Form usual = Form.of("scope", "openid", "login_hint", "alice");
        return Stream.of(
                Named.of("the usual request", usual),
                Named.of("a binding message", usual.and("binding_message", "Pump-4")),
                Named.of("an ACR", usual.and("acr_values", "gold")),
                Named.of("parameters of its own", usual.and("colour", "red").and("size", "9")),
                Named.of("a short life", usual.and("requested_expiry", "30")),
                Named.of("a long life", usual.and("requested_expiry", "600")),
                Named.of(
                        "an e-mail address as hint",
                        Form.of("scope", "openid", "login_hint", "alice@ciba-demo.example")),
                Named.of(
                        "a user without verified address",
                        Form.of("scope", "openid profile", "login_hint", "bob")));
    }

    static Stream<Named<Form>> refused() {
        return Stream.of(
                Named.of("unknown user", Form.of("scope", "openid", "login_hint", "nobody")),
                Named.of("no hint", Form.of("scope", "openid")),
                Named.of("no scope", Form.of("login_hint", "alice")),
                Named.of(
                        "spaces in the message",
                        Form.of(
                                "scope",
                                "openid",
                                "login_hint",
                                "alice",
                                "binding_message",
                                "Pump 4")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void decoupledServerIsAskedTheSame(Form request) throws InterruptedException {
        DecoupledServer.Call before = asked(WITHOUT_PACK, request);
        DecoupledServer.Call with = asked(WITH_PACK, request);
        DecoupledServer.Call chosen = asked(CHOSEN, request);

        assertThat(DecoupledServer.comparable(with)).isEqualTo(DecoupledServer.comparable(before));
        assertThat(DecoupledServer.comparable(chosen))
                .isEqualTo(DecoupledServer.comparable(before));
        assertThat(lifetime(with)).isEqualTo(lifetime(before));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusalsAreTheSame(Form request) {
        Answer before = pump(WITHOUT_PACK).start(request);
        Answer with = pump(WITH_PACK).start(request);

        assertThat(with.status()).isEqualTo(before.status());
        assertThat(with.body()).isEqualTo(before.body());
        assertThat(DECOUPLED.wasNotCalled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void approvalGivesTokens(RealmFixture realm) throws InterruptedException {
        Answer started = pump(realm).start("alice", "Pump-4");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        DecoupledServer.Call call = DECOUPLED.next();

        Answer callback = DecoupledServer.callBack(realm.url(""), call, "SUCCEED");
        Answer tokens = pump(realm).poll(started.authReqId());

        assertThat(callback.status()).as(callback.body()).isEqualTo(200);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(IdTokenVerifier.of(pump(realm)).verify(tokens.text("id_token")).getSubject())
                .isEqualTo(realm.userId("alice"));
        assertThat(tokens.text("refresh_token")).isNotEmpty();
        assertThat(realm.mailbox().all()).noneMatch(mail -> mail.mentions("Pump-4"));
        assertThat(pump(realm).poll(started.authReqId()).error()).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void denialIsToldInKeycloaksWords(RealmFixture realm) throws InterruptedException {
        Answer started = pump(realm).start("alice", "Pump-4");

        DecoupledServer.callBack(realm.url(""), DECOUPLED.next(), "UNAUTHORIZED");
        Answer poll = pump(realm).poll(started.authReqId());

        assertThat(poll.error()).isEqualTo("access_denied");
        assertThat(poll.errorDescription()).isEqualTo("not authorized");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void undecidedIsPendingInKeycloaksWords(RealmFixture realm) throws InterruptedException {
        Answer started = pump(realm).start("alice", "Pump-4");
        DECOUPLED.next();

        Answer poll = pump(realm).poll(started.authReqId());

        assertThat(poll.error()).isEqualTo("authorization_pending");
        assertThat(poll.errorDescription()).contains("hasn't yet been authenticated");
    }

    @ParameterizedTest
    @MethodSource("serversWithPack")
    void documentedEndpointUsesTheRealmsChannelToo(RealmFixture realm) throws InterruptedException {
        Answer started = realm.gasPump().start("alice", "Pump 4: $50 of gas");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        DecoupledServer.Call call = DECOUPLED.next();
        assertThat(call.body().path("binding_message").asText()).isEqualTo("Pump 4: $50 of gas");
        assertThat(realm.gasPump().poll(started.authReqId()).error())
                .isEqualTo("authorization_pending");

        DecoupledServer.callBack(realm.url(""), call, "SUCCEED");

        Answer tokens = realm.gasPump().poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(IdTokenVerifier.of(realm.gasPump()).verify(tokens.text("id_token")).getSubject())
                .isEqualTo(realm.userId("alice"));
    }

    @NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
    @Test
    void authorizationDetailsThatTheOtherServerHasShownAreInTheTokens()
            throws InterruptedException, ParseException {
        new Scopes(WITH_PACK).optional("orders", "authorization_details.types", "order");
        String details = "[{\"type\":\"order\",\"worth\":\"5 EUR\"}]";
        Answer started =
                WITH_PACK
                        .gasPump()
                        .start(
                                Form.of("scope", "openid", "login_hint", "alice")
                                        .and("authorization_details", details))
                        .accepted();

        DecoupledServer.callBack(WITH_PACK.url(""), DECOUPLED.next(), "SUCCEED");

        Answer tokens = WITH_PACK.gasPump().poll(started.authReqId());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().path("authorization_details").toString()).isEqualTo(details);
        assertThat(SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet().getClaims())
                .containsKey("authorization_details");
    }

    @ParameterizedTest
    @MethodSource("serversWithPack")
    void denialsGiveTheUsersPlacesBackAtTheDocumentedEndpoint(RealmFixture realm)
            throws InterruptedException {
        // more than may be pending at a time
        for (int i = 0; i < 55; i++) {
            Answer started = realm.gasPump().start("alice", "Pump " + i);
            assertThat(started.status()).as(started.body()).isEqualTo(200);
            DecoupledServer.callBack(realm.url(""), DECOUPLED.next(), "UNAUTHORIZED");

            Answer denied = realm.gasPump().poll(started.authReqId());

            assertThat(denied.error()).isEqualTo("access_denied");
            assertThat(denied.errorDescription()).contains("has been denied.");
        }
    }

    /** The one difference: Keycloak serves a client that does not authenticate. */
    @ParameterizedTest
    @MethodSource("serversWithPack")
    void publicClientIsRefused(RealmFixture realm) throws InterruptedException {
        realm.admin().createClient(realm.name(), Json.object().put("clientId", "kiosk"));
        setPublic(realm, false);
        RelyingParty kiosk =
                RelyingParty.of(realm.server(), realm.name(), "kiosk", "kiosk-secret")
                        .atKeycloakEndpoints();
        Answer started = kiosk.start("alice", "Pump-4");
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        DecoupledServer.callBack(realm.url(""), DECOUPLED.next(), "SUCCEED");

        setPublic(realm, true);

        for (Answer refused :
                new Answer[] {
                    kiosk.withoutSecret().start("alice", "Pump-4"),
                    kiosk.withoutSecret().poll(started.authReqId())
                }) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(401);
            assertThat(refused.error()).isEqualTo("invalid_client");
        }
        assertThat(DECOUPLED.wasNotCalled()).isTrue();
    }

    private static void setPublic(RealmFixture realm, boolean value) {
        realm.admin()
                .updateClient(
                        realm.name(),
                        "kiosk",
                        client -> {
                            client.put("publicClient", value).put("secret", "kiosk-secret");
                            client.withObjectProperty("attributes")
                                    .put("oidc.ciba.grant.enabled", "true");
                        });
    }

    @Test
    void realmThatNamesTheMailChannelGetsMail() {
        String name = "by-mail";
        WITH_PACK
                .admin()
                .createRealm(
                        RealmDocument.shipped()
                                .named(name)
                                .cheap()
                                .mailTo(WITH_PACK.server().smtpHost(), WITH_PACK.mailbox().port())
                                .attribute("ciba.channel", "email")
                                .json());
        RelyingParty pump =
                RelyingParty.of(WITH_PACK.server(), name, "gas-pump", "gas-pump-secret");

        Answer started = pump.start("alice", "Pump 4");

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(WITH_PACK.mailbox().awaitMailFor(started.authReqId()).to())
                .containsExactly("alice@ciba-demo.example");
        assertThat(DECOUPLED.wasNotCalled()).isTrue();
    }

    private static DecoupledServer.Call asked(RealmFixture realm, Form request)
            throws InterruptedException {
        Answer started = pump(realm).start(request);
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        return DECOUPLED.next();
    }

    private static Duration lifetime(DecoupledServer.Call call) {
        return Duration.between(
                call.claims().getIssueTime().toInstant(),
                call.claims().getExpirationTime().toInstant());
    }

    private static RelyingParty pump(RealmFixture realm) {
        return realm.gasPump().atKeycloakEndpoints();
    }
}
