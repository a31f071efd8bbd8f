// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @Property
    void isWhatUtf8GivesBackAndHasNoNul(@ForAll("texts") String text) {
        String back = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(StorableText.isOne(text)).isEqualTo(back.equals(text) && !text.contains("\0"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of('\0', 'a', 'é', '\uD83D', '\uDE00', '\uDBFF', '\uDC00', '\uFFFF')
                .array(Character[].class)
                .ofMaxSize(6)
                .map(
                        chars -> {
                            StringBuilder text = new StringBuilder();
                            for (Character c : chars) {
                                text.append(c);
                            }
                            return text.toString();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0", "\0", "a\uD83D", "\uDE00a", "\uDE00\uD83D"})
    void nulAndHalvesOfPairsAreNone(String text) {
        assertThat(StorableText.isOne(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\uD83D\uDE00", "語\t\n\u007F\uFFFF"})
    void allElseIsOne(String text) {
        assertThat(StorableText.isOne(text)).isTrue();
    }
}
