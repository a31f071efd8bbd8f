// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A payment with dynamic linking (RFC 9396, PSD2): the amount and the payee that a person reads are
 * those in the token, and in nothing more than it.
 */
@NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
class AuthorizationDetailsIT {
    private static final SigningKey KEY = SigningKey.generate();

    private static final String PAYMENT =
            """
            [{"type":"payment_initiation","locations":["https://api.example/payments"],\
            "instructedAmount":{"currency":"EUR","amount":"1234.50"},\
            "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"},\
            "purpose":{"code":"GDDS","urgent":true}}]\
            """;

    /** {@code printf '%s' … | openssl dgst -sha256 -binary | base64} of its canonical form. */
    private static final String HASH = "uQPtg5jJFvjOLq9qiUAsIXCgd1SmQQAdM40uH7xpn3c";

    private static final List<String> SHOWN =
            List.of(
                    "Payment",
                    "Amount",
                    "1,234.50 EUR",
                    "Payee",
                    "Merchant A",
                    "DE02 1001 0010 9307 1186 03",
                    "https://api.example/payments",
                    "purpose › code",
                    "GDDS",
                    "purpose › urgent");

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(AuthorizationDetailsIT::addSigningClient);

    private static void addSigningClient(RealmDocument realm) {
        for (String client : List.of("gas-pump", "gas-pump-post")) {
            realm.clientAttribute(
                    client, "allow.token.introspection.without.audience.check", "true");
        }
        realm.clientAttribute("gas-pump-post", "use.jwks.string", "true");
        realm.clientAttribute("gas-pump-post", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute(
                "gas-pump-post", "ciba.backchannel.auth.request.signing.alg", "ES256");
    }

    @BeforeAll
    static void registerTypes() {
        Scopes scopes = new Scopes(REALM);
        scopes.optional("payments", "authorization_details.types", "payment_initiation");
        scopes.byDefault("data", "authorization_details.types", "account_data##with_dots.in.it");
    }

    @AfterEach
    void denyWhatIsStillOpen() {
        OpenRequest.denyWhatIsStillOpenIn(REALM);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsReadIsWhatTheTokenSays(boolean atAs) throws ParseException {
        OpenRequest request = asked(pump(atAs), PAYMENT);
        ReceivedMail mail = request.mail();

        assertThat(mail.text()).contains(SHOWN);
        assertThat(text(mail.html())).contains(SHOWN);
        String page = text(request.open().body());
        assertThat(page).contains(SHOWN);

        request.decide("approve");
        Answer tokens = request.result();

        assertGranted(tokens);
        for (String read : List.of(mail.text(), text(mail.html()), page)) {
            assertThat(values(tokens.json().path("authorization_details")))
                    .as("each value of the token")
                    .hasSize(7)
                    .allSatisfy(value -> assertThat(squeezed(read)).contains(squeezed(value)));
        }
        assertGranted(refreshed(tokens));
        assertGranted(refreshed(refreshed(tokens)));
        List<JsonNode> events =
                REALM.admin().events(REALM.name()).stream()
                        .filter(
                                event ->
                                        HASH.equals(
                                                event.path("details")
                                                        .path("authorization_details_hash")
                                                        .asText()))
                        .toList();
        assertThat(events).as("of the decision and the redemption").hasSizeGreaterThanOrEqualTo(2);
        assertThat(events)
                .allSatisfy(
                        event ->
                                assertThat(event.toString())
                                        .contains("payment_initiation")
                                        .doesNotContain("Merchant A"));
    }

    @Test
    void pollThatHasWaitedIsAnsweredTheSame() throws ParseException {
        RelyingParty pump = pump(true);
        OpenRequest request = asked(pump, PAYMENT);
        Form poll =
                Form.of(
                        "grant_type",
                        RelyingParty.GRANT_TYPE,
                        "auth_req_id",
                        request.started().authReqId());
        CompletableFuture<Answer> tokens =
                CompletableFuture.supplyAsync(
                        () -> pump.send(pump.tokenEndpoint(), poll, "Prefer", "wait=25"));
        Awaitility.await("the poll to wait")
                .atMost(Duration.ofSeconds(30))
                .until(() -> Metrics.of(REALM.server()).gauge("ciba_polls_waiting") > 0);

        request.decide("approve");

        assertGranted(tokens.join());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signedOnesAreShownAndGrantedTheSame(boolean atAs) throws ParseException {
        RelyingParty pump = REALM.gasPumpPost();
        pump = atAs ? pump : pump.atKeycloakEndpoints();
        String user = OpenRequest.somebody(REALM);
        String message = message();
        List<?> details = Json.MAPPER.convertValue(json(PAYMENT), List.class);

        OpenRequest request =
                OpenRequest.saying(
                        message,
                        REALM,
                        pump,
                        Form.of("request", signed(pump, user, message, details)));

        assertThat(text(request.open().body())).contains(SHOWN);
        request.decide("approve");
        assertGranted(request.result());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void besideASignedRequestTheyAreRefused(boolean atAs) {
        RelyingParty pump = REALM.gasPumpPost();
        pump = atAs ? pump : pump.atKeycloakEndpoints();

        Answer refused =
                pump.start(
                        Form.of("request", signed(pump, "alice", message(), List.of()))
                                .and("authorization_details", PAYMENT));

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"type\":\"account_deletion\"}]",
                "[{\"type\":\"payment_initiation\"},{\"type\":\"Payment_initiation\"}]",
                "[{\"type\":\"payment_initiation\",\"amount\":1,\"amount\":2}]",
                "[{\"type\":\"payment_initiation\",\"a\":{\"b\":{\"c\":{\"d\":{\"e\":[1]}}}}}]",
                "[{\"type\":\"payment_initiation\",\"creditorName\":\"A\u202EB\"}]",
                "{\"type\":\"payment_initiation\"}"
            })
    void whatIsNotRegisteredOrNotShownIsRefusedAtBothEndpoints(String details) {
        for (boolean atAs : new boolean[] {true, false}) {
            Answer refused =
                    pump(atAs)
                            .start(
                                    OpenRequest.forUser("alice")
                                            .and("authorization_details", details));

            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_authorization_details");
        }
    }

    @Test
    void whatIsTooLongIsRefused() {
        String longest = PAYMENT.replace("}]", ",\"x\":[\"" + "y\",\"".repeat(1300) + "z\"]}]");
        Answer refused =
                REALM.gasPump()
                        .start(OpenRequest.usual("alice").and("authorization_details", longest));

        assertThat(refused.error()).isEqualTo("invalid_authorization_details");
        assertThat(refused.errorDescription()).contains("5120 bytes");
    }

    @Test
    void largestIsRedeemedAtKeycloaksEndpointToo() {
        String large = PAYMENT.replace("}]", ",\"x\":[\"" + "y\",\"".repeat(900) + "z\"]}]");
        OpenRequest request = asked(pump(false), large);

        request.decide("approve");

        assertThat(request.result().json().path("authorization_details")).isEqualTo(json(large));
    }

    @Test
    void typeThatTheClientHasLostSinceIsNotGranted() {
        Scopes scopes = new Scopes(REALM);
        scopes.optional("short-lived", "authorization_details.types", "voucher");
        OpenRequest request =
                asked(REALM.gasPump(), "[{\"type\":\"voucher\",\"worth\":\"5 EUR\"}]");
        request.decide("approve");

        scopes.remove("short-lived");

        assertThat(request.result().error()).isEqualTo("invalid_grant");
    }

    @Test
    void tokensOfARequestWithoutThemHaveNone() throws ParseException {
        OpenRequest request = OpenRequest.in(REALM);

        request.decide("approve");
        Answer tokens = request.result();

        assertThat(tokens.json().has("authorization_details")).isFalse();
        assertThat(claims(tokens).getClaim("authorization_details")).isNull();
    }

    @Test
    void discoveryNamesTheTypes() {
        JsonNode document =
                RelyingParty.exchange(
                                HttpRequest.newBuilder(
                                                REALM.url("/as/.well-known/openid-configuration"))
                                        .build())
                        .json();

        assertThat(document.path("authorization_details_types_supported").toString())
                .contains("\"payment_initiation\"", "\"account_data\"", "\"with_dots.in.it\"");
    }

    /** All values, but for the type, which the heading says in words. */
    private static List<String> values(JsonNode details) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : details.properties()) {
            if (!member.getKey().equals("type")) {
                values.addAll(values(member.getValue()));
            }
        }
        if (details.isArray()) {
            details.forEach(item -> values.addAll(values(item)));
        }
        if (details.isValueNode()) {
            values.add(details.isBoolean() ? "Yes" : details.asText());
        }
        return values;
    }

    /** Groups of digits and letters are for the eye. */
    private static String squeezed(String text) {
        return text.replaceAll("[\\s,]", "");
    }

    private static RelyingParty pump(boolean atAs) {
        return atAs ? REALM.gasPump() : REALM.gasPump().atKeycloakEndpoints();
    }

    private static OpenRequest asked(RelyingParty pump, String details) {
        String message = message();
        return OpenRequest.saying(
                message,
                REALM,
                pump,
                Form.of("scope", "openid offline_access")
                        .and("login_hint", OpenRequest.somebody(REALM))
                        .and("binding_message", message)
                        .and("authorization_details", details));
    }

    private static String message() {
        return "Order-" + UUID.randomUUID();
    }

    private static void assertGranted(Answer tokens) throws ParseException {
        assertThat(tokens.json().path("authorization_details"))
                .as(tokens.body())
                .isEqualTo(json(PAYMENT));
        JsonNode claim = Json.MAPPER.valueToTree(claims(tokens).getClaim("authorization_details"));
        assertThat(claim).isEqualTo(json(PAYMENT));
        assertThat(
                        REALM.gasPump()
                                .send(
                                        REALM.url("/protocol/openid-connect/token/introspect"),
                                        Form.of("token", tokens.text("access_token")))
                                .json()
                                .path("authorization_details"))
                .isEqualTo(json(PAYMENT));
    }

    private static Answer refreshed(Answer tokens) {
        Answer refreshed =
                REALM.gasPump()
                        .send(
                                REALM.url("/protocol/openid-connect/token"),
                                Form.of(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        tokens.text("refresh_token")));
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        return refreshed;
    }

    private static JWTClaimsSet claims(Answer tokens) throws ParseException {
        return SignedJWT.parse(tokens.text("access_token")).getJWTClaimsSet();
    }

    private static String signed(RelyingParty pump, String user, String message, List<?> details) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(pump.clientId())
                        .audience(pump.issuer().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid offline_access")
                        .claim("login_hint", user)
                        .claim("binding_message", message);
        if (!details.isEmpty()) {
            claims.claim("authorization_details", details);
        }
        return KEY.sign(claims.build());
    }

    /** What a reader sees of it. */
    private static String text(String html) {
        return html.replaceAll("(?s)<style.*?</style>", "")
                .replaceAll("<[^>]*>", "\n")
                .replace("&#39;", "'");
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
