// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value that is kept or shown may be of any length, at both endpoints that ask the user. */
class ParameterLengthIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    private static Stream<RelyingParty> parties() {
        return Stream.of(REALM.gasPump(), REALM.gasPump().atKeycloakEndpoints());
    }

    static Stream<Arguments> tooLong() {
        return Stream.of(
                Arguments.of("scope", "openid " + "x".repeat(2042), "invalid_scope"),
                Arguments.of("scope", "openid ".repeat(9000), "invalid_scope"),
                Arguments.of("acr_values", "a".repeat(2049), "invalid_request"),
                Arguments.of("acr_values", "ä".repeat(1025), "invalid_request"),
                Arguments.of("acr_values", "a".repeat(60_000), "invalid_request"),
                Arguments.of("login_hint", "h".repeat(2049), "invalid_request"),
                Arguments.of("id_token_hint", "h".repeat(16_385), "invalid_request"),
                Arguments.of("login_hint_token", "h".repeat(16_385), "invalid_request"),
                Arguments.of("client_notification_token", "t".repeat(1025), "invalid_request"),
                Arguments.of("user_code", "1".repeat(513), "invalid_request"),
                Arguments.of("request", "j".repeat(49_153), "invalid_request"),
                Arguments.of("binding_message", "m".repeat(4097), "invalid_binding_message"));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void valueOverItsLimitIsRefusedByName(String name, String value, String error) {
        assertThat(parties())
                .allSatisfy(
                        party -> {
                            Answer answer = party.start(usualBut(name, value));

                            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                            assertThat(answer.error()).as(answer.body()).isEqualTo(error);
                            assertThat(answer.errorDescription()).contains(name);
                            assertThat(answer.body()).hasSizeLessThan(400);
                        });
    }

    @Test
    void valueOfItsLimitIsTaken() {
        assertThat(parties())
                .allSatisfy(
                        party -> {
                            Answer answer = party.start(usualBut("acr_values", "a".repeat(2048)));

                            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                        });
    }

    @Test
    void whatIsSaidTwiceIsKeptOnce() {
        String scope = "openid profile openid email profile openid";
        String message = "folded-" + System.nanoTime();

        for (RelyingParty party : parties().toList()) {
            Answer answer = party.start(usualBut("scope", scope).and("binding_message", message));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        assertThat(REALM.admin().events(REALM.name()))
                .extracting(event -> event.path("details").path("requested_scope").asText())
                .contains("openid profile email")
                .noneMatch(kept -> kept.contains("openid profile openid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binding_message",
                "acr_values",
                "requested_expiry",
                "user_code",
                "id_token_hint",
                "login_hint_token",
                "client_notification_token",
                "request",
                "request_uri",
                "request_context",
                "unheard_of"
            })
    void parameterWithoutAValueCountsAsNotSent(String name) {
        assertThat(parties())
                .allSatisfy(
                        party -> {
                            Answer answer = party.start(usualBut(name, ""));

                            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope", "login_hint"})
    void requiredParameterWithoutAValueIsMissing(String name) {
        assertThat(parties())
                .allSatisfy(
                        party ->
                                assertThat(party.start(usualBut(name, "")).error())
                                        .isEqualTo("invalid_request"));
    }

    @Test
    void blankIsAValue() {
        assertThat(REALM.gasPump().start(usualBut("binding_message", " ")).error())
                .isEqualTo("invalid_binding_message");
        assertThat(REALM.gasPump().start(usualBut("requested_expiry", " ")).error())
                .isEqualTo("invalid_request");
    }

    @Test
    void emptyOneBesideOneWithAValueIsNoSecondOne() {
        Form twice = Form.of("scope", "", "scope", "openid", "login_hint", "alice");

        assertThat(parties())
                .allSatisfy(party -> assertThat(party.start(twice).status()).isEqualTo(200));
    }

    @Test
    void lifetimeThatNobodyCanUseIsRefusedAtKeycloaksEndpointAsWell() {
        Answer answer =
                REALM.gasPump().atKeycloakEndpoints().start(usualBut("requested_expiry", "9"));

        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_request");
        assertThat(answer.errorDescription()).contains("requested_expiry");
    }

    @Test
    void nameOfAParameterThatIsHandedOnHasALimitAsWell() {
        Answer answer = REALM.gasPump().atKeycloakEndpoints().start(usualBut("n".repeat(129), "x"));

        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_request");
    }

    private static Form usualBut(String name, String value) {
        List<String> hints = List.of("login_hint", "id_token_hint", "login_hint_token");
        Form form = Form.empty();
        if (!name.equals("scope")) {
            form = form.and("scope", "openid");
        }
        if (value.isEmpty() ? !name.equals("login_hint") : !hints.contains(name)) {
            form = form.and("login_hint", "alice");
        }
        return form.and(name, value);
    }
}
