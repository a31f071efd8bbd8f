// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** The grammar of a String (RFC 8941 §3.3.3), and no other. */
class IdempotencyKeyTest {

    @Property
    void everyStringIsReadBackAsItWasWritten(
            @ForAll @StringLength(min = 1, max = 255) @CharRange(from = ' ', to = '~') String key) {
        String written = '"' + key.replaceAll("([\"\\\\])", "\\\\$1") + '"';

        assertThat(IdempotencyKey.parse(List.of(written))).isEqualTo(key);
        assertThat(IdempotencyKey.parse(List.of("  " + written + " "))).isEqualTo(key);
    }

    @Property
    void whatIsNotWrittenAsAStringIsRefused(
            @ForAll @StringLength(max = 20) @CharRange(from = '\0', to = '\u0100') String text) {
        String header = '"' + text + '"';
        boolean escaped = text.replaceAll("\\\\[\"\\\\]", "").matches("[ !#-\\[\\]-~]*");

        if (escaped && !text.isEmpty()) {
            assertThat(IdempotencyKey.parse(List.of(header))).isNotEmpty();
        } else {
            assertRefused(List.of(header));
        }
    }

    @Example
    void severalLinesTokensAndParametersAreRefused() {
        assertRefused(List.of("\"a\"", "\"b\""));
        assertRefused(List.of("\"a\"", "\"a\""));
        assertRefused(List.of("token"));
        assertRefused(List.of("\"a\";q=1"));
        assertRefused(List.of("\"a\", \"b\""));
        assertRefused(List.of(""));
        assertRefused(List.of('"' + "a".repeat(256) + '"'));
    }

    private static void assertRefused(List<String> lines) {
        assertThatThrownBy(() -> IdempotencyKey.parse(lines))
                .isInstanceOf(CibaErrorException.class);
    }
}
