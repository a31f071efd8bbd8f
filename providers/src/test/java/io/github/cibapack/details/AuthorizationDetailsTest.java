// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cibapack.text.UnfitException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationDetailsTest {
    private static final String LONGEST = "é".repeat(255);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"type\":\"a\"}]",
                "[{\"type\":\"a\",\"b\":[[[[\"5 levels\"]]]]}]",
                "[{\"type\":\"a\"},{\"type\":\"a\"},{\"type\":\"b\"},{\"type\":\"c\"},{\"type\":\"d\"}]",
                "[{\"type\":\"a\",\"actions\":[\"read\"],\"identifier\":\"x\",\"n\":0.1,\"m\":9007199254740991,\"o\":true}]",
            })
    void whatCanBeShownIsTakenAsItIs(String json) throws UnfitException {
        assertThat(AuthorizationDetails.of(json).json()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "5",
                "{\"type\":\"a\"}",
                "[]",
                "[5]",
                "[{}]",
                "[{\"types\":\"a\"}]",
                "[{\"type\":5}]",
                "[{\"type\":\"\"}]",
                "[{\"type\":\"a\"}] x",
                "[{\"type\":\"a\",\"type\":\"a\"}]",
                "[{\"type\":\"a\",\"b\":{\"c\":1,\"c\":2}}]",
                "[{\"type\":\"a\",\"\\u0062\":1,\"b\":2}]",
                "[{\"type\":\"a\"},{\"type\":\"a\"},{\"type\":\"a\"},{\"type\":\"a\"},{\"type\":\"a\"},{\"type\":\"a\"}]",
                "[{\"type\":\"a\",\"b\":[[[[[\"6 levels\"]]]]]}]",
                "[{\"type\":\"a\",\"b\":null}]",
                "[{\"type\":\"a\",\"b\":\"\"}]",
                "[{\"type\":\"a\",\"b\":{}}]",
                "[{\"type\":\"a\",\"b\":[]}]",
                "[{\"type\":\"a\",\"\":1}]",
                "[{\"type\":\"a\",\"b › c\":1}]",
                "[{\"type\":\"a\",\"b [1]\":1}]",
                "[{\"type\":\"a\",\"b\":\"1\\u202E2\"}]",
                "[{\"type\":\"a\",\"b\":\"two\\nlines\"}]",
                "[{\"type\":\"a\",\"b\":\"\\uD800\"}]",
                "[{\"type\":\"a\",\"b\\u200B\":1}]",
                "[{\"type\":\"a\",\"b\":9007199254740993}]",
                "[{\"type\":\"a\",\"b\":0.12345678901234567891}]",
                "[{\"type\":\"a\",\"b\":1e400}]",
                "[{\"type\":\"a\",\"b\":1e-7}]",
                "[{\"type\":\"a\",\"b\":1e999999999}]",
                "[{\"type\":\"a\",\"b\":1e2147483648}]",
                "[{\"type\":\"a\",\"locations\":\"x\"}]",
                "[{\"type\":\"a\",\"actions\":[1]}]",
                "[{\"type\":\"a\",\"identifier\":[\"x\"]}]",
            })
    void whatCannotIsRefused(String json) {
        assertThatThrownBy(() -> AuthorizationDetails.of(json))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("authorization_details");
    }

    @Test
    void namesAndValuesHaveALength() throws UnfitException {
        String fits = "[{\"type\":\"a\",\"%s\":\"%s\"}]".formatted(LONGEST, LONGEST);

        assertThat(AuthorizationDetails.of(fits).json()).isEqualTo(fits);
        assertThatThrownBy(() -> AuthorizationDetails.of(fits.replace(":\"é", ":\"éé")))
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> AuthorizationDetails.of(fits.replace(",\"é", ",\"éé")))
                .hasMessageContaining("too long");
    }

    @Test
    void theWholeHasALength() throws UnfitException {
        String start = "[{\"type\":\"a\"";
        String rest = ",\"b\":[\"" + String.join("\",\"", Collections.nCopies(25, "c".repeat(190)));
        String end = "\"]}]";
        String longest = start + rest + end;
        String exact = start + " ".repeat(5120 - longest.length()) + rest + end;

        assertThat(AuthorizationDetails.of(exact).types()).containsExactly("a");
        assertThatThrownBy(() -> AuthorizationDetails.of(exact + " "))
                .hasMessageContaining("5120 bytes");
    }

    @Test
    void hashIsTheSameInWhicheverOrderTheMembersStand() throws UnfitException {
        String hash =
                AuthorizationDetails.of("[ {\"b\" : 1.50, \"a\":[2,\"é\\\"\"], \"type\":\"t\"} ]")
                        .hash();

        assertThat(hash)
                .isEqualTo(
                        AuthorizationDetails.of(
                                        "[{\"type\":\"t\",\"a\":[2.0,\"\\u00e9\\\"\"],\"b\":1.5}]")
                                .hash())
                .isNotEqualTo(
                        AuthorizationDetails.of("[{\"type\":\"t\",\"a\":[\"é\\\"\",2],\"b\":1.5}]")
                                .hash());
    }

    /** RFC 8785: {@code printf '[{"a":1.5,"type":"t"}]' | openssl dgst -sha256}. */
    @Test
    void hashIsOfTheCanonicalForm() throws UnfitException {
        assertThat(AuthorizationDetails.of("[{\"type\":\"t\",\"a\":1.50}]").hash())
                .isEqualTo("HErgUZsTd6T6LjDoJR8BeRVU_V9p56yJ75LVg98pQj8");
    }
}
