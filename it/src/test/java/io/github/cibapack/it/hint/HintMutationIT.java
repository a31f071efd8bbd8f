// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.hint;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A valid token, changed in a thousand ways: none but the untouched one names a user. */
class HintMutationIT {
    private static final String CLIENT = "gas-pump-hint";
    private static final int TRIES = 1000;
    private static final Set<String> REFUSALS =
            Set.of("invalid_request", "expired_login_hint_token");
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ";

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    void noChangedTokenNamesAUser() {
        String token = token();
        String other = token();
        JqwikSession.run(
                () ->
                        mutations(token, other)
                                .filter(changed -> !changed.equals(token))
                                .sampleStream()
                                .limit(TRIES)
                                .forEach(HintMutationIT::assertRefused));
        assertThat(send(token).status()).isEqualTo(200);
    }

    /** Replace, remove, insert and swap characters; cut off; put parts of two tokens together. */
    private static Arbitrary<String> mutations(String token, String other) {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, token.length() - 1);
        Arbitrary<Character> character = Arbitraries.chars().with(ALPHABET.toCharArray());
        Arbitrary<String> replaced =
                Combinators.combine(place, character)
                        .as((at, c) -> token.substring(0, at) + c + token.substring(at + 1));
        Arbitrary<String> inserted =
                Combinators.combine(place, character)
                        .as((at, c) -> token.substring(0, at) + c + token.substring(at));
        Arbitrary<String> removed =
                place.map(at -> token.substring(0, at) + token.substring(at + 1));
        Arbitrary<String> cutOff = place.map(at -> token.substring(0, at));
        Arbitrary<String> swapped =
                Combinators.combine(place, place)
                        .as(
                                (one, two) -> {
                                    StringBuilder text = new StringBuilder(token);
                                    text.setCharAt(one, token.charAt(two));
                                    text.setCharAt(two, token.charAt(one));
                                    return text.toString();
                                });
        Arbitrary<String> mixed =
                Arbitraries.integers()
                        .between(0, 2)
                        .map(
                                part -> {
                                    String[] parts = token.split("\\.", -1);
                                    parts[part] = other.split("\\.", -1)[part];
                                    return String.join(".", parts);
                                })
                        // the header of two tokens is the same, and with it the whole
                        .filter(changed -> !changed.equals(token));
        return Arbitraries.oneOf(replaced, inserted, removed, cutOff, swapped, mixed);
    }

    private static String token() {
        String secret = REALM.admin().client(REALM.name(), CLIENT).path("secret").asText();
        return HintTokens.signedWithSecret(
                new HintTokens(CLIENT, REALM.gasPump().issuer() + "/as", "alice").claims(c -> {}),
                JWSAlgorithm.HS256,
                secret);
    }

    private static Answer send(String token) {
        return REALM.relyingParty(CLIENT)
                .start(Form.of("scope", "openid", "login_hint_token", token));
    }

    private static void assertRefused(String changed) {
        Answer refused = send(changed);
        assertThat(refused.status()).as(changed).isEqualTo(400);
        assertThat(refused.error()).as(changed).isIn(REFUSALS);
    }
}
