// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static io.github.cibapack.it.contract.Documented.assertForm;
import static io.github.cibapack.it.contract.Documented.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.Clause;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST as/cibaAuthorization}: the answer, and what the form must be like. */
@Tag("CIBA-Core-7")
class StartEndpointIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Form USUAL = Form.of("scope", "openid", "login_hint", "alice");

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @RegisterExtension static final RealmFixture DISABLED = RealmFixture.fresh();

    @Test
    @Tag("CIBA-Core-7.3")
    @Clause({"7.3-1", "7.3-4"})
    void answerHasExactlyTheDocumentedMembers() {
        Answer started = REALM.gasPump().start("alice", "Pump 4: $50 of gas");

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("auth_req_id", "expires_in", "interval", "request_code");
        assertThat(started.authReqId()).matches(Documented.UUID_FORM);
        assertThat(started.json().path("expires_in")).isEqualTo(Json.MAPPER.valueToTree(120));
        assertThat(started.json().path("interval")).isEqualTo(Json.MAPPER.valueToTree(2));
        assertForm(started);
    }

    @Test
    @Tag("CIBA-Core-7.3")
    @Clause({"7.3-2", "7.3-3"})
    void idsDifferAndUseAllOfTheirBits() {
        List<String> ids =
                IntStream.range(0, 12)
                        .mapToObj(i -> REALM.gasPump().start(USUAL).authReqId())
                        .toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches(Documented.UUID_FORM));
        assertThat(ids)
                .as("a version-4 UUID has six bits that are always the same")
                .anyMatch(id -> id.charAt(14) != '4');
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data; boundary=x", "text/plain"})
    @Clause("7.1-4")
    void otherContentTypesAreRefused(String type) {
        Answer answer = post(type, BodyPublishers.ofString(USUAL.encoded()));

        assertRefusal(answer, 400, "invalid_request");
        assertThat(answer.errorDescription()).contains(FORM);
    }

    @Test
    void emptyBodyIsRefused() {
        assertRefusal(post(FORM, BodyPublishers.noBody()), 400, "invalid_request");
    }

    @Test
    void missingContentTypeIsRefused() {
        HttpRequest request = request().POST(BodyPublishers.noBody()).build();

        assertRefusal(RelyingParty.exchange(request), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 127, 200, 2_000, 9_000})
    void moreThan64KiBAreRefused(int kibibytes) {
        assertRefusal(
                post(FORM, BodyPublishers.ofString(large(kibibytes))), 413, "invalid_request");
    }

    @Test
    void moreThan64KiBWithoutAnAnnouncedLengthAreRefused() {
        byte[] body = large(66).getBytes(StandardCharsets.UTF_8);

        Answer answer =
                post(FORM, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertRefusal(answer, 413, "invalid_request");
    }

    @Test
    void justUnder64KiBAreRead() {
        assertThat(post(FORM, BodyPublishers.ofString(large(63))).status()).isEqualTo(200);
    }

    @Test
    void manySmallParametersAreRefusedLikeAnythingTooLarge() {
        String many =
                IntStream.range(0, 9_000)
                        .mapToObj(i -> "&p" + i + "=1")
                        .reduce(
                                new StringBuilder(USUAL.encoded()),
                                StringBuilder::append,
                                (a, b) -> a)
                        .toString();

        assertRefusal(post(FORM, BodyPublishers.ofString(many)), 413, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/as/cibaAuthorization", "/as/token"})
    void unknownRealmIsAnErrorLikeAnyOther(String endpoint) {
        URI uri = REALM.server().url("/realms/no-such-realm" + endpoint);

        assertRefusal(REALM.gasPump().send(uri, USUAL), 404, "invalid_request");
    }

    @Test
    void disabledRealmRefuses() {
        String id = DISABLED.gasPump().start(USUAL).authReqId();

        DISABLED.admin().updateRealm(DISABLED.name(), realm -> realm.put("enabled", false));

        assertRefusal(DISABLED.gasPump().start(USUAL), 403, "access_denied");
        assertRefusal(DISABLED.gasPump().poll(id), 403, "access_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    @Clause("7.1-4")
    void otherMethodsAreAnswered(String method) {
        HttpRequest request = request().method(method, BodyPublishers.noBody()).build();

        Answer answer = RelyingParty.exchange(request);

        assertThat(answer.status()).isIn(404, 405);
        assertRefusal(answer, answer.status(), "invalid_request");
    }

    @Test
    void unknownPathsBelowAreAnswered() {
        Answer answer = REALM.gasPump().send(REALM.url("/as/nothing-here"), USUAL);

        assertRefusal(answer, 404, "invalid_request");
    }

    @Test
    @Clause({"7.1-5", "13-1"})
    void missingScopeIsRefused() {
        Answer answer = REALM.gasPump().start(Form.of("login_hint", "alice"));

        assertRefusal(answer, 400, "invalid_request");
        assertThat(answer.errorDescription()).contains("scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile", "openid no-such-scope", "OPENID", "openid%20profile"})
    @Clause({"7.1-5", "13-2"})
    void scopeNeedsOpenidAndKnownScopes(String scope) {
        Answer answer = REALM.gasPump().start(Form.of("scope", scope, "login_hint", "alice"));

        assertRefusal(answer, 400, "invalid_scope");
    }

    @ParameterizedTest
    @CsvSource({
        "login_hint, alice",
        "scope, openid",
        "binding_message, once",
        "requested_expiry, 60",
        "colour, red"
    })
    @Clause({"7.2-3", "13-1"})
    void parameterSentTwiceIsRefused(String name, String value) {
        Form once = Form.of("scope", "openid", "login_hint", "alice");
        boolean there = once.parameters().stream().anyMatch(p -> p.name().equals(name));
        Form twice = there ? once.and(name, value) : once.and(name, value).and(name, value);

        assertRefusal(REALM.gasPump().start(twice), 400, "invalid_request");
    }

    @Test
    @Clause("7.2-7")
    void parametersThatNobodyKnowsAreIgnored() {
        Form form =
                USUAL.and("colour", "red")
                        .and("long", "x".repeat(5_000))
                        .and("a", "1")
                        .and("b", "2")
                        .and("c", "3")
                        .and("d", "4")
                        .and("e", "5");

        assertThat(REALM.gasPump().start(form).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"max_age, soon", "prompt, login", "ui_locales, xx", "claims, {", "nonce, n"})
    void parametersOfOtherFlowsAreIgnored(String name, String value) {
        Answer started = REALM.gasPump().start(USUAL.and(name, value));

        assertThat(started.status()).as(started.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30",
        "10, 10",
        "0060, 60",
        "3600, 3600",
        "3601, 3600",
        "999999, 3600",
        "99999999999999999999, 3600"
    })
    @Clause("7.1-13")
    void requestedExpiryIsHonouredUpToTheMaximum(String requested, int answered) {
        Answer started = REALM.gasPump().start(USUAL.and("requested_expiry", requested));

        assertThat(started.status()).as(started.body()).isEqualTo(200);
        assertThat(started.json().path("expires_in").asInt()).isEqualTo(answered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "1", "9", "009", "-5", "abc", "1.5", "1e3", "٦٠", "60s", "0x10", "+60"})
    @Clause("7.1-13")
    void requestedExpiryMustBeAnIntegerOfAtLeastTen(String requested) {
        Answer answer = REALM.gasPump().start(USUAL.and("requested_expiry", requested));

        assertRefusal(answer, 400, "invalid_request");
        assertThat(answer.errorDescription()).contains("requested_expiry");
    }

    /** The usual form with one parameter that fills it up to about this size. */
    private static String large(int kibibytes) {
        return USUAL.and("filler", "x".repeat(kibibytes * 1024)).encoded();
    }

    private static Answer post(String contentType, BodyPublisher body) {
        return RelyingParty.exchange(
                request().header("Content-Type", contentType).POST(body).build());
    }

    private static HttpRequest.Builder request() {
        RelyingParty pump = REALM.gasPump();
        return HttpRequest.newBuilder(pump.startEndpoint())
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", pump.basic());
    }
}
