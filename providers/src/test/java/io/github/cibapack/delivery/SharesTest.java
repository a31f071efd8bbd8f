// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final Share ONE = new Share("realm", "one");
    private static final Share OTHER = new Share("realm", "other");
    private static final Share THIRD = new Share("realm", "third");

    @Test
    void receiverLeavesAHalfOfItsRealmsShareToTheOthers() {
        Shares shares = new Shares(16);

        assertThat(takenBy(shares, ONE)).isEqualTo(4);
        assertThat(takenBy(shares, OTHER)).isEqualTo(2);
        assertThat(takenBy(shares, THIRD)).isEqualTo(1);
        assertThat(takenBy(shares, Share.of("another realm"))).isEqualTo(5);
    }

    @Test
    void onlyReceiverOfARealmHasAllOfItsRealmsShare() {
        assertThat(takenBy(new Shares(16), Share.of("realm"))).isEqualTo(8);
    }

    @Test
    void receiversOfTheSameNameInTwoRealmsAreTwo() {
        Shares shares = new Shares(16);
        assertThat(takenBy(shares, ONE)).isEqualTo(4);

        assertThat(takenBy(shares, new Share("another realm", "one"))).isEqualTo(3);
    }

    /** However much the others have, whoever has nothing finds one where the realm may have one. */
    @Property
    void receiverThatHasNothingWaitsForItsRealmAlone(
            @ForAll @IntRange(min = 1, max = 40) int all,
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> takers) {
        Shares shares = new Shares(all);
        for (int taker : takers) {
            shares.take(new Share("realm " + taker % 2, "receiver " + taker), 1);
        }
        boolean realmMay = shares.take(Share.of("realm 0"), 1);
        if (realmMay) {
            shares.giveBack(Share.of("realm 0"), 1);
        }

        assertThat(shares.take(new Share("realm 0", "new"), 1)).isEqualTo(realmMay);
    }

    @Property
    void whatIsGivenBackIsThereForAnybody(
            @ForAll @IntRange(min = 1, max = 40) int all,
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> takers) {
        Shares shares = new Shares(all);
        List<Share> taken =
                takers.stream()
                        .map(taker -> new Share("realm " + taker % 2, "receiver " + taker))
                        .filter(share -> shares.take(share, 1))
                        .toList();
        assertThat(shares.used()).isEqualTo(taken.size());

        taken.forEach(share -> shares.giveBack(share, 1));

        assertThat(shares.used()).isZero();
        assertThat(takenBy(shares, Share.of("realm 0"))).isEqualTo((all + 1) / 2);
    }

    private static int takenBy(Shares shares, Share share) {
        int taken = 0;
        while (shares.take(share, 1)) {
            taken++;
        }
        return taken;
    }
}
