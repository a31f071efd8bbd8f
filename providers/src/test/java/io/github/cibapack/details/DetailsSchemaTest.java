// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.cibapack.text.UnfitException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON Schemas of an admin, and the details of a client. */
class DetailsSchemaTest {
    private static final String PAYMENT =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "https://bank.example/payment",
             "properties": {
               "type": {"const": "payment"},
               "amount": {"type": "string", "pattern": "^[0-9]{1,9}\\\\.[0-9]{2}$"},
               "payee": {"$ref": "#/$defs/name"},
               "account": {"required": ["iban"], "properties": {"owner": {"$ref": "#/$defs/name"}}}},
             "required": ["amount"],
             "additionalProperties": false,
             "$defs": {"name": {"type": "string", "maxLength": 70}}}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'payment','amount':'12.00'}",
                "{'type':'payment','amount':'12.00','payee':'A','account':{'iban':'DE02','owner':'B'}}"
            })
    void whatFitsIsTaken(String entry) throws UnfitException {
        usable(PAYMENT).require(json(entry), "/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'payment'}|#/3/amount (required)",
                "{'type':'payment','amount':12}|#/3/amount (type)",
                "{'type':'payment','amount':'SECRET'}|#/3/amount (pattern)",
                "{'type':'refund','amount':'12.00'}|#/3/type (const)",
                "{'type':'payment','amount':'12.00','account':{'bic':'X'}}|#/3/account/iban"
                        + " (required)",
                "{'type':'payment','amount':'12.00','account':{'iban':'X','owner':5}}|#/3/account/owner"
                    + " (type)",
                "{'type':'payment','amount':'12.00','tip~/\u00e9 \\'':'SECRET'}"
                        + "|#/3/tip~0~1%C3%A9%20%22 (additionalProperties)"
            })
    void refusalNamesThePlaceAndTheRuleAndNoValue(String entry, String place) {
        assertThatThrownBy(() -> usable(PAYMENT).require(json(entry), "/3"))
                .isInstanceOf(UnfitException.class)
                .hasMessage(
                        "The authorization_details do not fit the schema of their type at %s.",
                        place)
                .message()
                .doesNotContain("SECRET")
                .as("RFC 6749 §5.2")
                .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*");
    }

    /** Whatever breaks whichever of these rules: an answer or a log repeats no value. */
    @Property(tries = 200)
    void noValueIsEverRepeated(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 24, max = 60) String value) {
        DetailsSchema schema =
                usable(
                        """
                        {"properties": {
                           "a": {"enum": ["x"]}, "b": {"const": 1}, "c": {"maxLength": 3},
                           "d": {"pattern": "^$"}, "e": {"not": {"type": "string"}},
                           "f": {"oneOf": [{"type": "number"}, {"minLength": 99}]}, "g": false}}
                        """);
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
            ObjectNode entry = AuthorizationDetails.MAPPER.createObjectNode().put(name, value);
            assertThatThrownBy(() -> schema.require(entry, "/0"))
                    .isInstanceOf(UnfitException.class)
                    .hasMessageContaining("#/0/" + name)
                    .hasMessageNotContaining(value);
        }
    }

    @Test
    void longNamesAreLeftOut() {
        ObjectNode entry = AuthorizationDetails.MAPPER.createObjectNode();
        entry.put("amount", "12.00").put("type", "payment").put("n".repeat(255), 1);
        assertThat(messageOf(entry)).contains("n".repeat(255));

        entry.remove("n".repeat(255));
        entry.put("\u00e9".repeat(255), 1);

        assertThat(messageOf(entry)).endsWith("at #/0 (additionalProperties).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|no JSON",
                "{|no JSON",
                "{'type':'object','type':'object'}|no JSON",
                "{'properties':{'n':{'maximum':1e99999999999}}}|no JSON",
                "true|no JSON object",
                "[]|no JSON object",
                "{'$schema':'http://json-schema.org/draft-07/schema#'}|draft-07",
                "{'type':'objekt'}|#/type",
                "{'required':'amount'}|#/required (type)",
                "{'properties':{'a':{'minLength':'3'}}}|#/properties/a/minLength (type)",
                "{'properties':{'a':{'maxLenght':3}}}|unknown keyword maxLenght",
                "{'properties':{'a':{'pattern':'('}}}|no regular expression",
                "{'patternProperties':{'(':true}}|no regular expression",
                "{'$ref':'#/$defs/gone'}|$ref",
                "{'$ref':'#gone'}|$ref",
                "{'$ref':'other.json'}|$ref",
                "{'$ref':'https://json-schema.org/draft/2020-12/schema'}|$ref",
                "{'$ref':'classpath:draft/2020-12/schema'}|$ref",
                "{'properties':{'a':{'$id':'https://other.example/'}}}|$id",
                "{'properties':{'a':{'$anchor':'b'}}}|$anchor",
                "{'$ref':'#'}|refers to itself",
                "{'allOf':[{'$ref':'#/$defs/a'}],'$defs':{'a':{'anyOf':[{'$ref':'#'}]}}}|refers to"
                        + " itself"
            })
    void slipOfTheAdminIsToldAndUsedForNothing(String schema, String words) {
        assertThat(DetailsSchema.of(schema.replace('\'', '"')).flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains(words));
    }

    @Test
    void schemaThatUnfoldsWithoutEndIsNotUsed() {
        StringBuilder defs = new StringBuilder("\"a20\":{}");
        for (int i = 0; i < 20; i++) {
            String next = "{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}";
            defs.append(",\"a%d\":{\"allOf\":[%s,%s]}".formatted(i, next, next));
        }

        assertThat(DetailsSchema.of("{\"$ref\":\"#/$defs/a0\",\"$defs\":{" + defs + "}}").flaw())
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("too large"));
    }

    @Test
    void nothingIsFetchedOrRead(@TempDir Path folder) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                call -> {
                    calls.incrementAndGet();
                    call.sendResponseHeaders(200, -1);
                    call.close();
                });
        server.start();
        String http = "http://127.0.0.1:%d/schema".formatted(server.getAddress().getPort());
        String file = Files.writeString(folder.resolve("schema"), "{}").toUri().toString();
        try {
            for (String address : new String[] {http, file}) {
                for (String schema :
                        new String[] {
                            "{\"$ref\":\"%s\"}",
                            "{\"$schema\":\"%s\"}",
                            "{\"$dynamicRef\":\"%s\"}",
                            "{\"properties\":{\"a\":{\"$schema\":\"%s\"}}}",
                            "{\"$id\":\"%s\",\"$ref\":\"#/x\"}"
                        }) {
                    assertThat(DetailsSchema.of(schema.formatted(address)).flaw())
                            .as(schema)
                            .isPresent();
                }
            }
        } finally {
            server.stop(0);
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void patternThatWouldTakeForEverIsGivenUp() {
        DetailsSchema schema =
                usable(
                        "{\"properties\":{\"a\":{\"pattern\":\"^(.*a){12}$\"},\"b\":{\"pattern\":\"a*a*a*a*a*b\"}}}");

        for (String name : new String[] {"a", "b"}) {
            ObjectNode entry =
                    AuthorizationDetails.MAPPER.createObjectNode().put(name, "a".repeat(254) + "!");
            assertThatThrownBy(() -> schema.require(entry, "/0"))
                    .isInstanceOf(UnfitException.class)
                    .hasMessageContaining("too long");
        }
        assertTimeout(
                Duration.ofSeconds(5),
                () ->
                        schema.require(
                                AuthorizationDetails.MAPPER
                                        .createObjectNode()
                                        .put("b", "a".repeat(30) + "b"),
                                "/0"));
    }

    private static DetailsSchema usable(String text) {
        DetailsSchema schema = DetailsSchema.of(text);
        assertThat(schema.flaw()).isEmpty();
        return schema;
    }

    private static String messageOf(JsonNode entry) {
        try {
            usable(PAYMENT).require(entry, "/0");
            return "";
        } catch (UnfitException e) {
            return e.sentence();
        }
    }

    private static JsonNode json(String text) {
        try {
            return AuthorizationDetails.MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
