// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.jwt.ForeignJwt.Fault;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.keycloak.util.JsonSerialization;

class ForeignJwtTest {
    private static final BigDecimal BEYOND = BigDecimal.valueOf(NumericDate.LAST + 1);

    /** Any number that JSON can write, near the edges and far away. */
    @Provide
    Arbitrary<BigDecimal> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals().ofScale(3),
                Arbitraries.longs().map(BigDecimal::valueOf),
                Arbitraries.integers()
                        .between(-400, 400)
                        .map(exponent -> BigDecimal.ONE.scaleByPowerOfTen(exponent)),
                Arbitraries.of(
                        BigDecimal.valueOf(Long.MAX_VALUE),
                        BigDecimal.valueOf(Long.MIN_VALUE),
                        BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE),
                        BigDecimal.valueOf(Long.MAX_VALUE / 1000),
                        BigDecimal.valueOf(Integer.MAX_VALUE),
                        BigDecimal.valueOf(NumericDate.LAST),
                        BEYOND,
                        new BigDecimal("-0.5"),
                        new BigDecimal("1780000000.75")));
    }

    @Property
    void numberIsTheSecondThatItSaysOrNone(@ForAll("numbers") BigDecimal number) {
        OptionalLong seconds = NumericDate.seconds(json(number.toString()));

        if (number.signum() < 0 || number.compareTo(BEYOND) >= 0) {
            // a number a hair below zero is one that a double cannot tell from it
            assertThat(seconds.orElse(0)).isZero();
        } else {
            assertThat(seconds).hasValue(number.setScale(0, RoundingMode.FLOOR).longValueExact());
        }
    }

    @Property
    void dateOutOfTimeIsAFaultWhicheverClaimHasIt(@ForAll("numbers") BigDecimal number) {
        for (String claim : List.of("exp", "iat", "nbf", "auth_time")) {
            Optional<Fault> fault =
                    ForeignJwt.faultOf(jwt("{}", "{\"" + claim + "\":" + number + "}"));

            assertThat(fault.isEmpty())
                    .isEqualTo(NumericDate.seconds(json(number.toString())).isPresent());
        }
    }

    @Example
    void whatIsNoNumberIsNoDate() {
        for (String value : List.of("\"1780000000\"", "true", "[]", "{}", "null")) {
            assertThat(NumericDate.seconds(json(value))).isEmpty();
        }
        assertThat(ForeignJwt.faultOf(jwt("{}", "{\"exp\":\"soon\"}"))).contains(Fault.DATE);
        assertThat(ForeignJwt.faultOf(jwt("{}", "{\"exp\":1e300}"))).contains(Fault.DATE);
        assertThat(ForeignJwt.faultOf(jwt("{}", "{\"exp\":9223372036854775807}")))
                .contains(Fault.DATE);
        assertThat(ForeignJwt.faultOf(jwt("{}", "{\"iat\":-1}"))).contains(Fault.DATE);
        assertThat(ForeignJwt.faultOf(jwt("{}", "{\"exp\":null}"))).isEmpty();
    }

    @Property
    void anyTextIsAFaultOrIsFit(@ForAll String text) throws JsonProcessingException {
        String value = JsonSerialization.mapper.writeValueAsString(text);

        Optional<Fault> kid = ForeignJwt.faultOf(jwt("{\"kid\":" + value + "}", "{}"));
        Optional<Fault> aud = ForeignJwt.faultOf(jwt("{}", "{\"aud\":[\"x\"," + value + "]}"));

        assertThat(aud).isEqualTo(kid);
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            assertThat(kid).contains(Fault.NAME);
        }
    }

    @Property
    void anyGarbageIsJudgedWithoutAnException(@ForAll String garbage) {
        assertThat(ForeignJwt.faultOf(garbage)).isNotNull();
    }

    @Example
    void nothingIsSaidTwice() {
        assertThat(ForeignJwt.faultOf(jwt("{}", "{\"iat\":1780000000,\"iat\":1e300}")))
                .contains(Fault.UNREADABLE);
        assertThat(ForeignJwt.faultOf(jwt("{\"kid\":\"a\",\"kid\":\"b\"}", "{}")))
                .contains(Fault.UNREADABLE);
        assertThat(ForeignJwt.faultOf(jwt("{} {}", "{}"))).contains(Fault.UNREADABLE);
        assertThat(ForeignJwt.faultOf(jwt("[]", "{}"))).contains(Fault.UNREADABLE);
        assertThat(ForeignJwt.faultOf(jwt("", "{}"))).contains(Fault.UNREADABLE);
        assertThat(ForeignJwt.faultOf(jwt("{\"kid\":\"a\"}", "{\"iat\":1780000000.5}"))).isEmpty();
    }

    /** Keycloak takes each of these for a signed JWT, and repeats its names in an event. */
    @Example
    void otherNumberOfPartsIsNotReadable() {
        String twoParts = part("{}") + "." + part("{\"iss\":\"\\u001b[31m\"}");
        for (String end : List.of("", ".c2ln.", ".c2ln..", ".c2ln...", ".c2ln.a.", "..c2ln")) {
            assertThat(ForeignJwt.faultOf(twoParts + end)).as(end).contains(Fault.UNREADABLE);
        }
        assertThat(ForeignJwt.faultOf(part("{}"))).contains(Fault.UNREADABLE);
    }

    @Example
    void encryptedOneIsJudgedByItsHeader() {
        assertThat(ForeignJwt.faultOf(part("{}") + ".a.b.c.d")).isEmpty();
        assertThat(ForeignJwt.faultOf(part("{\"kid\":\"\\n\"}") + ".a.b.c.d")).contains(Fault.NAME);
    }

    @Example
    void keysAndCertificatesAreLong() {
        String key = "A".repeat(4000);
        for (String header :
                List.of("{\"jwk\":{\"kty\":\"RSA\",\"n\":\"%s\"}}", "{\"x5c\":[\"%s\"]}")) {
            assertThat(ForeignJwt.faultOf(jwt(header.formatted(key), "{}"))).isEmpty();
            assertThat(ForeignJwt.faultOf(jwt(header.formatted(key + "\\u001b[31m"), "{}")))
                    .contains(Fault.NAME);
        }
    }

    @Example
    void noOtherParameterOfAHeaderIs() {
        for (String name : List.of("typ", "kid", "alg", "x5u")) {
            String header = "{\"%s\":\"%s\"}".formatted(name, "A".repeat(513));
            assertThat(ForeignJwt.faultOf(jwt(header, "{}"))).as(name).contains(Fault.NAME);
        }
    }

    private static String jwt(String header, String claims) {
        return part(header) + "." + part(claims) + ".c2ln";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return JsonSerialization.mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
