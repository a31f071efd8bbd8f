// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchNumbersTest {

    private static final int DRAWS = 9000;

    /** Seven standard deviations: a fair draw fails once in many thousand million runs. */
    private static final int MOST_OFF = 320;

    @Test
    void rightNumberStandsInEachPlaceEquallyOften() {
        int[] places = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            MatchNumbers drawn = MatchNumbers.drawToPick();
            places[drawn.offered().indexOf(drawn.shown())]++;
        }

        assertThat(Arrays.stream(places).boxed().toList())
                .allSatisfy(
                        count ->
                                assertThat(count)
                                        .isBetween(DRAWS / 3 - MOST_OFF, DRAWS / 3 + MOST_OFF));
    }

    @Test
    void threeDifferentNumbersOfTwoDigitsAreOffered() {
        for (int i = 0; i < 1000; i++) {
            assertThat(MatchNumbers.drawToPick().offered())
                    .hasSize(3)
                    .doesNotHaveDuplicates()
                    .allMatch(number -> number.matches("[1-9][0-9]"));
        }
    }

    @Test
    void typedNumberIsAnyOfTwoDigits() {
        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            drawn.merge(MatchNumbers.drawToType().shown(), 1, Integer::sum);
        }

        assertThat(drawn).hasSize(90).allSatisfy((number, count) -> assertThat(count).isPositive());
        assertThat(drawn.keySet()).allMatch(number -> number.matches("[1-9][0-9]"));
    }

    @Test
    void noteKeepsBothForms() {
        MatchNumbers typed = MatchNumbers.drawToType();
        MatchNumbers picked = MatchNumbers.drawToPick();

        assertThat(MatchNumbers.of(typed.toNote())).isEqualTo(typed);
        assertThat(MatchNumbers.of(picked.toNote())).isEqualTo(picked);
        assertThat(typed.isTyped()).isTrue();
        assertThat(picked.isTyped()).isFalse();
    }

    @Test
    void onlyTheNumberShownIsRight() {
        MatchNumbers drawn = MatchNumbers.drawToPick();

        assertThat(drawn.offered()).filteredOn(drawn::isRight).containsExactly(drawn.shown());
        assertThat(drawn.isRight("")).isFalse();
        assertThat(drawn.isRight(drawn.shown() + " ")).isFalse();
    }
}
