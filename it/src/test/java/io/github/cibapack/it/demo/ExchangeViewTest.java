// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Exchange;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.Json;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeViewTest {

    @Test
    void clientSecretIsNeverShown() {
        String pair =
                Base64.getEncoder()
                        .encodeToString("gas-pump:hush-hush".getBytes(StandardCharsets.UTF_8));

        ExchangeView view =
                ExchangeView.of(
                        exchange(
                                "Basic " + pair,
                                Form.of("client_secret", "hush-hush", "scope", "openid"),
                                Json.object()));

        assertThat(view.toString())
                .contains("gas-pump", "scope", "openid")
                .doesNotContain("hush-hush", pair);
    }

    @Test
    void tokensAreCutShort() {
        String token = "a".repeat(500);

        ExchangeView view =
                ExchangeView.of(
                        exchange(
                                "",
                                Form.empty(),
                                Json.object().put("id_token", token).put("expires_in", 60)));

        assertThat(view.answer())
                .contains("aaaa… (500 characters)", "\"expires_in\" : 60")
                .doesNotContain(token);
    }

    private static Exchange exchange(String authorization, Form form, ObjectNode json) {
        Answer answer =
                new Answer(
                        200,
                        HttpHeaders.of(Map.of(), (name, value) -> true),
                        json.toString(),
                        json);
        URI uri = URI.create("http://127.0.0.1:8080/realms/ciba-demo/as/token");
        return new Exchange(Instant.EPOCH, Duration.ofMillis(12), uri, authorization, form, answer);
    }
}
