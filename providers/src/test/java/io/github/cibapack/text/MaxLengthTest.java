// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Lengths are counted in bytes of UTF-8. */
class MaxLengthTest {

    @Property
    void admitsExactlyWhatHasNoMoreBytes(@ForAll @StringLength(max = 300) String value) {
        String repeated = value.repeat(4);

        if (repeated.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            int bytes = repeated.getBytes(StandardCharsets.UTF_8).length;
            assertThat(MaxLength.OTHER_VALUE.admits(repeated))
                    .isEqualTo(bytes <= MaxLength.OTHER_VALUE.bytes());
        }
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(MaxLength.SCOPE.admits("a".repeat(2048))).isTrue();
        assertThat(MaxLength.SCOPE.admits("a".repeat(2049))).isFalse();
        assertThat(MaxLength.SCOPE.admits("ä".repeat(1024))).isTrue();
        assertThat(MaxLength.SCOPE.admits("ä".repeat(1025))).isFalse();
        assertThat(MaxLength.SCOPE.admits("😀".repeat(512))).isTrue();
        assertThat(MaxLength.SCOPE.admits("😀".repeat(513))).isFalse();
        assertThat(MaxLength.SCOPE.admits(null)).isTrue();
    }
}
