// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.github.cibapack.onetime.gateway.OriginalRequest;
import io.github.cibapack.text.UnfitException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that comes along in a header: the one of the digest, read in one way, or none. */
class JsonBodyTest {
    private static final JsonPointer TO = JsonPointer.compile("/to");

    @Test
    void fieldOfTheDigestedBodyIsRead() throws Exception {
        JsonBody body = JsonBody.of(request("{\"to\":\"bob\",\"amount\":50.10}"));

        assertThat(JsonBody.text(body.at(TO).orElseThrow())).isEqualTo("bob");
        assertThat(JsonBody.text(body.at(JsonPointer.compile("/amount")).orElseThrow()))
                .isEqualTo("50.10");
        assertThat(body.at(JsonPointer.compile("/from"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E2147483648", "-1e-2147483648", "1e99999999999"})
    void numberWithAnExponentThatIsTooLargeIsRefused(String number) {
        assertRefused(request("{\"to\":" + number + "}"), "question_body_unreadable");
    }

    /** As large as an exponent can be. */
    @ParameterizedTest
    @ValueSource(strings = {"1E2147483647", "1e-2147483647"})
    void numberOfManyDigitsIsNotWritten(String number) throws Exception {
        JsonBody body = JsonBody.of(request("{\"to\":" + number + "}"));

        assertThatThrownBy(() -> JsonBody.text(body.at(TO).orElseThrow()))
                .isInstanceOf(UnfitException.class);
    }

    /** Whatever is changed in it, it is not the body of the digest any more. */
    @Property(tries = 500)
    void bodyWithAnotherByteIsRefused(
            @ForAll @IntRange(max = 25) int place,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] sent = "{\"to\":\"bob\",\"amount\":5000}".getBytes(StandardCharsets.UTF_8);
        byte[] other = sent.clone();
        other[place] = (byte) (other[place] ^ change);

        assertRefused(request(header(other), digest(sent)), "question_body_digest");
    }

    @Test
    void bodyWithoutDigestOrDigestWithoutBodyIsRefused() {
        String body = "{\"to\":\"bob\"}";
        assertRefused(request(header(bytes(body)), null), "question_body_digest");
        assertRefused(request(null, digest(bytes(body))), "question_body_missing");
        assertRefused(
                request(header(bytes(body)), digest(bytes(body)) + ", md5=:AAAA:"),
                "question_body_digest");
    }

    /** RFC 9530 §2: each of several digests is of the body. */
    @Test
    void everyDigestIsOfTheBody() {
        byte[] body = bytes("{\"to\":\"bob\"}");
        String right = "sha-512=:" + base64(hash("SHA-512", body)) + ":";
        String wrong = "sha-512=:" + base64(hash("SHA-512", bytes("x"))) + ":";

        assertThat(request(header(body), digest(body) + ", " + right).isDigestOf(body)).isTrue();
        assertRefused(request(header(body), digest(body) + ", " + wrong), "question_body_digest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to\":\"bob\",\"TO\":\"mallory\"}",
                "{\"to\":\"bob\",\"t_o\":\"mallory\"}",
                "{\"to\":\"bob\",\"to \":\"mallory\"}",
                "{\"to\":\"bob\",\"t\u200Bo\":\"mallory\"}",
                "{\"is\":\"bob\",\"i\u017F\":\"mallory\"}",
                "{\"to\":\"bob\",\"to\\u0000x\":\"mallory\"}",
                "{\"to\":\"bob\",\"to\\ud800\":\"mallory\"}",
                "{\"k\":\"bob\",\"\u212A\":\"mallory\"}",
                "{\"a\":[{\"b\":{\"to\":1,\"To\":2}}]}",
                "{\"__proto__\":{\"to\":\"mallory\"}}",
                "{\"a\":{\"\\u005f_proto__\":{\"to\":\"mallory\"}}}"
            })
    void memberInTwoSpellingsIsRefused(String body) {
        assertRefused(request(body), "question_body_ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to\":\"bob\",\"to\":\"mallory\"}",
                "{\"to\":\"bob\"} {}",
                "{\"to\":NaN}",
                "{'to':1}",
                "{\"to\":1,}",
                "// no\n{}",
                "\uFEFF{\"to\":\"bob\"}"
            })
    void whatIsNoJsonForAllIsRefused(String body) {
        assertRefused(request(body), "question_body_unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"to\":\"bob\"}]", "\"bob\"", "null", "7"})
    void whatIsNoObjectIsRefused(String body) {
        assertRefused(request(body), "question_body_form");
    }

    @Test
    void textInAnotherCharsetIsRefused() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1}) {
            byte[] body = "{\"to\":\"M\u00FCller\"}".getBytes(charset);
            assertRefused(request(header(body), digest(body)), "question_body_unreadable");
        }
    }

    @Test
    void limitIsOfTheBodyItself() throws Exception {
        String longest = "{\"to\":\"" + "a".repeat(JsonBody.LONGEST - 9) + "\"}";

        assertThat(JsonBody.of(request(longest)).at(TO)).isPresent();
        assertRefused(request(longest + " "), "question_body_form");
        assertRefused(request(longest + "    "), "question_body_too_long");
        assertRefused(
                request("{\"a\":".repeat(40) + "1" + "}".repeat(40)), "question_body_unreadable");
    }

    @ParameterizedTest
    @CsvSource({"e30=", ":e30=", ":e30:", ":e30 =:", ":e31=:", "::", ":", ":e30=:;a"})
    void bytesAreWrittenInOneWay(String header) {
        assertRefused(
                request(header, digest(bytes("{}"))), "question_body_form", "question_body_digest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/json; charset=utf-7",
                "application/json; charset=utf-16",
                "application/json, text/html",
                "application/jsonx",
                ""
            })
    void bodyOfAnotherTypeIsRefused(String type) {
        assertRefused(typed(type, null), "question_body_type");
    }

    @Test
    void codedBodyIsRefused() {
        assertRefused(typed("application/json", "gzip"), "question_body_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "application/vnd.bank.v1+json"
            })
    void typesOfJsonAreTaken(String type) throws Exception {
        assertThat(JsonBody.of(typed(type, null)).at(TO)).isPresent();
    }

    private static OriginalRequest typed(String type, String coding) {
        byte[] body = bytes("{\"to\":\"bob\"}");
        Map<String, String> headers = new HashMap<>();
        headers.put("Approval-Body", header(body));
        headers.put("Content-Digest", digest(body));
        headers.put("Content-Type", type);
        headers.put("Content-Encoding", coding);
        return request(headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99", "1e-99", "1e999999999"})
    void numberThatNobodyReadsIsNoPartOfASentence(String number) {
        assertThatThrownBy(
                        () ->
                                JsonBody.text(
                                        JsonBody.of(request("{\"to\":" + number + "}"))
                                                .at(TO)
                                                .orElseThrow()))
                .isInstanceOf(UnfitException.class);
    }

    private static void assertRefused(OriginalRequest request, String... reasons) {
        assertThatThrownBy(() -> JsonBody.of(request))
                .asInstanceOf(InstanceOfAssertFactories.type(UnfitException.class))
                .extracting(UnfitException::reason)
                .isIn((Object[]) reasons);
    }

    private static OriginalRequest request(String body) {
        return request(header(bytes(body)), digest(bytes(body)));
    }

    private static OriginalRequest request(String header, String digest) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Approval-Body", header);
        headers.put("Content-Digest", digest);
        headers.put("Content-Type", "application/json");
        return request(headers);
    }

    private static OriginalRequest request(Map<String, String> headers) {
        return new OriginalRequest(
                "POST", "https", "api.example", "/mcp", Optional.empty(), headers::get);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(byte[] body) {
        return ":" + base64(body) + ":";
    }

    private static String digest(byte[] body) {
        return "sha-256=:" + base64(hash("SHA-256", body)) + ":";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
