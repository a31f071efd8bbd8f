// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferredWaitTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "wait=10|10",
                "WAIT = 10|10",
                "wait=\"7\"|7",
                "respond-async, wait=5|5",
                "wait=5; foo=bar, return=minimal|5",
                "x=\"a, wait=9\", wait=3|3",
                "wait=999999999|25",
                "wait=0|0"
            })
    void waitIsReadAmongOtherPreferences(String header, int seconds) {
        assertThat(PreferredWait.in(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=x",
                "wait=-1",
                "wait=1.5",
                "await=3",
                "x=\"wait=9\"",
                "x=\"a, wait=9\"",
                "wait=12345678901",
                "handling=lenient; wait=3"
            })
    void whatIsNoSuchPreferenceIsNone(String header) {
        assertThat(PreferredWait.in(List.of(header))).isEmpty();
    }

    @Test
    void firstOneCountsOverSeveralHeaders() {
        assertThat(PreferredWait.in(List.of("return=minimal", "wait=4", "wait=9")))
                .contains(Duration.ofSeconds(4));
    }

    @Test
    void longHeaderIsNotReadAndTakesNoTime() {
        String open = "=\"" + "a".repeat(60_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(1),
                () -> assertThat(PreferredWait.in(List.of(open, "wait=3"))).isEmpty());
    }

    @Property
    void noTextFails(@ForAll String header) {
        assertThat(PreferredWait.in(List.of(header)).orElse(Duration.ZERO))
                .isLessThanOrEqualTo(PreferredWait.LONGEST);
    }

    @Property
    void secondsUpToTheLongestAreTaken(@ForAll @IntRange(max = 25) int seconds) {
        assertThat(PreferredWait.in(List.of("wait=" + seconds)))
                .contains(Duration.ofSeconds(seconds));
    }
}
