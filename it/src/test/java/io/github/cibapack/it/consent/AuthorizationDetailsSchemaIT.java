// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.page.OpenRequest;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.rp.SigningKey;
import io.github.cibapack.it.server.NeedsKeycloak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema that an admin gives a type of authorization details is the one of the docs. */
@NeedsKeycloak(value = "26.7", because = "authorization details in tokens")
class AuthorizationDetailsSchemaIT {
    private static final SigningKey KEY = SigningKey.generate();

    private static final String PAYMENT =
            """
            [{"type":"payment_initiation","locations":["https://api.example/payments"],\
            "instructedAmount":{"currency":"EUR","amount":"1234.50"},\
            "creditorName":"Merchant A","creditorAccount":{"iban":"DE02100100109307118603"}}]\
            """;

    /** What Keycloak keeps of an attribute of a client scope. */
    private static final int LONGEST_ATTRIBUTE = 2048;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(AuthorizationDetailsSchemaIT::addSigningClient);

    private static void addSigningClient(RealmDocument realm) {
        realm.clientAttribute("gas-pump-post", "use.jwks.string", "true");
        realm.clientAttribute("gas-pump-post", "jwks.string", KEY.publicKeySet());
        realm.clientAttribute(
                "gas-pump-post", "ciba.backchannel.auth.request.signing.alg", "ES256");
    }

    @BeforeAll
    static void registerSchemas() throws IOException {
        Scopes scopes = new Scopes(REALM);
        scopes.optional(
                "payments",
                "authorization_details.types",
                "payment_initiation",
                "authorization_details.schema.payment_initiation",
                schemaOfTheDocs());
        scopes.optional(
                "broken",
                "authorization_details.types",
                "voucher",
                "authorization_details.schema.voucher",
                "{\"properties\":{\"worth\":{\"maxLenght\":3}}}");
        scopes.byDefault("misspelt", "authorization_details.schema.paymemt_initiation", "{}");
    }

    @ParameterizedTest
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void whatFitsIsGranted(boolean atAs, boolean signed) throws IOException {
        String message = "Order-" + UUID.randomUUID();
        Answer started = pump(atAs).start(form(signed, message, PAYMENT));
        assertThat(started.status()).as(started.body()).isEqualTo(200);
        OpenRequest request =
                new OpenRequest(
                        pump(atAs),
                        started,
                        REALM.mailbox()
                                .await(mail -> mail.mentions(message), Duration.ofSeconds(20)));

        request.decide("approve");

        assertThat(request.result().json().path("authorization_details"))
                .isEqualTo(Json.MAPPER.readTree(PAYMENT));
    }

    @ParameterizedTest
    @CsvSource({"true,false", "true,true", "false,false", "false,true"})
    void whatBreaksItIsRefusedByItsPlace(boolean atAs, boolean signed) throws IOException {
        refuses(
                atAs,
                signed,
                PAYMENT.replace("1234.50", "1234.567"),
                "#/0/instructedAmount/amount (pattern)");
        refuses(
                atAs,
                signed,
                PAYMENT.replace("\"creditorName\":\"Merchant A\",", ""),
                "#/0/creditorName (required)");
        refuses(
                atAs,
                signed,
                PAYMENT.replace("}}]", "},\"tip\":\"1234.567\"}]"),
                "#/0/tip (additionalProperties)");
    }

    private static void refuses(boolean atAs, boolean signed, String details, String place)
            throws IOException {
        Answer refused = pump(atAs).start(form(signed, "Order-4711", details));

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_authorization_details");
        assertThat(refused.errorDescription()).contains(place).doesNotContain("1234.567");
    }

    @Test
    void brokenSchemaRefusesAndIsToldToTheAdmin() {
        for (boolean atAs : new boolean[] {true, false}) {
            Answer refused =
                    pump(atAs)
                            .start(
                                    OpenRequest.forUser("alice")
                                            .and(
                                                    "authorization_details",
                                                    "[{\"type\":\"voucher\",\"worth\":\"5"
                                                            + " EUR\"}]"));

            assertThat(refused.status()).as(refused.body()).isEqualTo(500);
            assertThat(refused.error()).isEqualTo("server_error");
            assertThat(refused.body()).doesNotContain("maxLenght");
        }
        JsonNode problems =
                REALM.admin().call("GET", "/" + REALM.name() + "/ciba/problems", null).json();
        assertThat(problems.path("problems").findValuesAsText("message"))
                .anySatisfy(
                        message ->
                                assertThat(message)
                                        .contains(
                                                "'broken'",
                                                "authorization_details.schema.voucher",
                                                "unknown keyword maxLenght"))
                .anySatisfy(
                        message ->
                                assertThat(message)
                                        .contains(
                                                "'misspelt'",
                                                "paymemt_initiation",
                                                "does not register"));
    }

    private static RelyingParty pump(boolean atAs) {
        RelyingParty pump = REALM.gasPumpPost();
        return atAs ? pump : pump.atKeycloakEndpoints();
    }

    private static Form form(boolean signed, String message, String details) throws IOException {
        String user = OpenRequest.somebody(REALM);
        return signed
                ? Form.of("request", signed(user, message, details))
                : OpenRequest.forUser(user)
                        .and("binding_message", message)
                        .and("authorization_details", details);
    }

    private static String signed(String user, String message, String details) throws IOException {
        Instant now = Instant.now();
        return KEY.sign(
                new JWTClaimsSet.Builder()
                        .issuer("gas-pump-post")
                        .audience(REALM.gasPumpPost().issuer().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("scope", "openid")
                        .claim("login_hint", user)
                        .claim("binding_message", message)
                        .claim("authorization_details", Json.MAPPER.readValue(details, List.class))
                        .build());
    }

    private static String schemaOfTheDocs() throws IOException {
        Matcher block =
                Pattern.compile("(?s)```json\n(\\{\n  \"properties\".*?)```")
                        .matcher(Files.readString(Path.of("../docs/authorization-details.md")));
        assertThat(block.find()).as("the schema in the docs").isTrue();
        ObjectNode schema = (ObjectNode) Json.MAPPER.readTree(block.group(1));
        assertThat(schema.toString()).hasSizeLessThan(LONGEST_ATTRIBUTE);
        return schema.toString();
    }
}
