// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiversTest {
    private static final Share ONE = new Share("realm", "one");
    private static final Share OTHER = new Share("realm", "other");

    private final Receivers receivers = new Receivers();

    @Test
    void thoseOfARealmThatFailTimeAndAgainHaveOneShare() {
        Share elsewhere = new Share("another realm", "one");
        failing(ONE);
        failing(OTHER);
        failing(elsewhere);

        assertThat(receivers.shareOf(ONE))
                .isEqualTo(receivers.shareOf(OTHER))
                .isNotIn(ONE, OTHER, receivers.shareOf(elsewhere));
    }

    @Test
    void oneThatFailsNowAndThenHasItsOwnShare() {
        receivers.enter(ONE);
        for (int i = 0; i < 4; i++) {
            tried(ONE, 2);
            receivers.tried(ONE, false);
        }
        tried(ONE, 2);

        assertThat(receivers.shareOf(ONE)).isEqualTo(ONE);
    }

    @Test
    void oneThatAnswersAgainHasItsOwnShareAgain() {
        failing(ONE);

        receivers.tried(ONE, false);

        assertThat(receivers.shareOf(ONE)).isEqualTo(ONE);
    }

    @Test
    void nothingIsRememberedWhenNothingIsOnItsWay() {
        failing(ONE);
        receivers.enter(ONE);
        receivers.leave(ONE);
        assertThat(receivers.shareOf(ONE)).isNotEqualTo(ONE);

        receivers.leave(ONE);

        assertThat(receivers.shareOf(ONE)).isEqualTo(ONE);
    }

    @Test
    void onlyReceiverOfARealmHasItsOwnShareWhateverBecomesOfIt() {
        failing(Share.of("realm"));

        assertThat(receivers.shareOf(Share.of("realm"))).isEqualTo(Share.of("realm"));
    }

    private void failing(Share receiver) {
        receivers.enter(receiver);
        tried(receiver, 3);
    }

    private void tried(Share receiver, int failures) {
        for (int i = 0; i < failures; i++) {
            receivers.tried(receiver, true);
        }
    }
}
