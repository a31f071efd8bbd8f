// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static final Map<String, String> CHECK =
            Map.of(
                    "X-Forwarded-Method", "POST",
                    "X-Forwarded-Proto", "https",
                    "X-Forwarded-Host", "api.example",
                    "X-Forwarded-Uri", "/transfers?amount=50",
                    "X-Forwarded-For", "203.0.113.9, 198.51.100.7");

    @Test
    void headersOfTheFamilyAreTheRequest() {
        OriginalRequest original = original(CHECK);

        assertThat(original.method()).isEqualTo("POST");
        assertThat(original.host()).isEqualTo("api.example");
        assertThat(original.path()).isEqualTo("/transfers");
        assertThat(original.query()).isEqualTo("?amount=50");
        assertThat(original.address()).hasValue("198.51.100.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https", "ws", "wss", "HTTPS", "Wss"})
    void schemeIsUnderstoodInAnyCase(String scheme) {
        OriginalRequest original = original(with("X-Forwarded-Proto", scheme));

        assertThat(original.scheme()).isEqualTo(scheme.toLowerCase(Locale.ROOT));
        assertThat(original.isSecure()).isEqualTo(scheme.matches("(?i)https|wss"));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Method, post, 400",
        "X-Forwarded-Method, '', 400",
        "X-Forwarded-Host, a/b, 400",
        "X-Forwarded-Uri, transfers, 400",
        "X-Forwarded-Uri, /a#b, 400",
        "X-Forwarded-Uri, http://x/transfers, 400",
        "X-Forwarded-Proto, ftp, 400",
        "X-Forwarded-Proto, 'https, http', 400"
    })
    void refusalNamesTheHeaderThatIsWrong(String header, String value, int status) {
        assertThatThrownBy(() -> original(with(header, value)))
                .isInstanceOfSatisfying(
                        RefusedCheckException.class,
                        refused -> {
                            assertThat(refused.status().getStatusCode()).isEqualTo(status);
                            assertThat(refused.sentence()).startsWith(header + " is not ");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Method", "X-Forwarded-Host", "X-Forwarded-Uri"})
    void refusalNamesTheHeaderThatIsMissing(String header) {
        Map<String, String> check = new HashMap<>(CHECK);
        check.remove(header);

        assertThatThrownBy(() -> original(check)).hasMessageStartingWith(header + " is missing");
    }

    @Test
    void pathThatIsTooLongIsRefusedAndAQueryMayBeLonger() {
        assertThat(original(with("X-Forwarded-Uri", "/" + "a".repeat(2047))).path()).hasSize(2048);
        assertThat(original(with("X-Forwarded-Uri", "/a?" + "a".repeat(7000))).path())
                .isEqualTo("/a");
        assertThatThrownBy(() -> original(with("X-Forwarded-Uri", "/a".repeat(3000))))
                .isInstanceOfSatisfying(
                        RefusedCheckException.class,
                        refused -> assertThat(refused.status().getStatusCode()).isEqualTo(414));
    }

    @Test
    void textOfAnotherServerIsAHeaderThatEndsNowhere() {
        assertThat(HeaderText.of("alice|7@example")).isEqualTo("alice|7@example");
        assertThat(HeaderText.of("a\r\nX: y")).isEqualTo("a%0D%0AX:%20y");
        assertThat(HeaderText.of("a%0D")).isEqualTo("a%250D");
        assertThat(HeaderText.of("ü\u0000\u0085")).isEqualTo("%C3%BC%00%C2%85");
    }

    private static Map<String, String> with(String header, String value) {
        Map<String, String> changed = new HashMap<>(CHECK);
        changed.put(header, value);
        return changed;
    }

    private static OriginalRequest original(Map<String, String> headers) {
        SentHeaders sent =
                SentHeaders.of(
                        headers.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                header -> List.of(header.getValue()))));
        return Gateway.FORWARDED.original(
                new Gateway.CheckCall("GET", "sso.example", "/", sent::only));
    }
}
