// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** A flood comes to a stop; somebody who tries again does not notice. */
class GrowingPausesTest {
    private static final int MINUTE = 60;

    private final HeapStore store = new HeapStore();
    private final NumberedSlots slots = new NumberedSlots(store, "realm");
    private final GrowingPauses pauses = new GrowingPauses(slots, "base", Long.MAX_VALUE);

    @AfterEach
    void backToNow() {
        Time.setOffset(0);
    }

    @Test
    void threeAreFreeAndThenPausesGrow() {
        assertThat(times(10)).isEqualTo(3);
        for (int minutes : new int[] {10, 20, 40, 80, 160, 240, 240}) {
            pass(minutes * MINUTE - 2);
            assertThat(pauses.take()).as("before %d minutes", minutes).isEmpty();
            pass(3);
            assertThat(pauses.take()).as("after %d minutes", minutes).isPresent();
        }
    }

    @Test
    void floodOfADayIsAFewMails() {
        int mails = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            mails += times(3);
            pass(MINUTE);
        }

        assertThat(mails).isBetween(8, 15);
    }

    @Test
    void approvalGivesBackWhatItsMailHasTaken() {
        for (int i = 0; i < 50; i++) {
            Optional<List<String>> turn = pauses.take();
            assertThat(turn).as("login %d", i).isPresent();
            turn.get().forEach(slots::release);
            slots.release(pauses.gate());
        }
    }

    @Test
    void oneDenialLetsThePersonTryAgainAndASecondOneDoesNot() {
        pauses.take();
        pauses.unwanted(1);
        assertThat(pauses.take()).isPresent();

        pauses.unwanted(1);

        assertThat(pauses.take()).isEmpty();
        assertThat(pauses.opensAt().getAsLong() - Time.currentTimeSeconds())
                .isBetween(15L * MINUTE, 20L * MINUTE);
    }

    @Test
    void denialsMakeThePausesLonger() {
        pauses.take();
        pauses.take();
        pauses.unwanted(1);
        pauses.take();

        assertThat(pauses.opensAt().getAsLong() - Time.currentTimeSeconds())
                .isBetween(15L * MINUTE, 20L * MINUTE);
    }

    @Test
    void nothingIsRememberedForLongerThanADayOrThanItMay() {
        GrowingPauses ofNobody = new GrowingPauses(slots, "nobody", 30);
        for (int i = 0; i < 5; i++) {
            ofNobody.take();
        }
        pass(31);
        assertThat(store.size()).isZero();

        times(5);
        pass(25 * 60 * MINUTE);
        assertThat(store.size()).isZero();
        assertThat(times(5)).isEqualTo(3);
    }

    private int times(int times) {
        int mails = 0;
        for (int i = 0; i < times; i++) {
            mails += pauses.take().isPresent() ? 1 : 0;
        }
        return mails;
    }

    private static void pass(int seconds) {
        Time.setOffset(Time.getOffset() + seconds);
    }
}
