// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What is asked tells requests apart, and not who asks or when it was signed. */
class FingerprintTest {

    @Test
    void orderCredentialsAndEmptyParametersDoNotMatter() {
        Fingerprint one = of("k", "scope", "openid", "login_hint", "alice", "client_secret", "s");
        Fingerprint other =
                of(
                        "k",
                        "login_hint",
                        "alice",
                        "scope",
                        "openid",
                        "acr_values",
                        "",
                        "client_id",
                        "c");

        assertThat(other).isEqualTo(one);
    }

    @Test
    void everyOtherParameterMatters() {
        Fingerprint one = of("k", "scope", "openid", "login_hint", "alice");

        assertThat(of("k", "scope", "openid", "login_hint", "bob").asked())
                .isNotEqualTo(one.asked());
        assertThat(of("k", "scope", "openid", "login_hint", "alice", "unheard_of", "1").asked())
                .isNotEqualTo(one.asked());
        assertThat(of("k", "scope", "openid").asked()).isNotEqualTo(one.asked());
        // no value runs over into the next name
        assertThat(of("k", "a", "b\",\"c", "d", "e").asked())
                .isNotEqualTo(of("k", "a", "b", "c", "d", "d", "e").asked());
    }

    @Test
    void hashesOfOneRequestDifferFromKeyToKey() {
        assertThat(of("k", "user_code", "1234").asked())
                .isNotEqualTo(of("l", "user_code", "1234").asked());
    }

    @Test
    void requestThatIsSignedAnewAsksTheSameAndIsNotTheSame() {
        Fingerprint one = of("k", "request", jwt("{\"scope\":\"openid\",\"jti\":\"1\",\"exp\":1}"));
        Fingerprint anew =
                of("k", "request", jwt("{\"exp\":2,\"jti\":\"2\",\"scope\":\"openid\"}"));
        Fingerprint other = of("k", "request", jwt("{\"scope\":\"openid email\",\"jti\":\"1\"}"));

        assertThat(anew.asked()).isEqualTo(one.asked());
        assertThat(anew.sent()).isNotEqualTo(one.sent());
        assertThat(other.asked()).isNotEqualTo(one.asked());
    }

    @Test
    void whatIsNoJwtIsTakenToTheLetter() {
        assertThat(of("k", "request", "a.b.c").asked())
                .isNotEqualTo(of("k", "request", "a.b.d").asked());
    }

    private static String jwt(String claims) {
        return base64("{\"alg\":\"PS256\"}") + "." + base64(claims) + "." + base64("signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Fingerprint of(String key, String... namesAndValues) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Fingerprint.of(key, form);
    }
}
