// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.HeapStore;
import io.github.cibapack.store.NumberedSlots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a decision makes of the slots that a request holds. */
class ReservedSlotsTest {
    private static final long LIFE = 1000;
    private static final String CLAIMED = "claimed";

    private final HeapStore store = new HeapStore();
    private final NumberedSlots slots = new NumberedSlots(store, "realm");

    @Test
    void responseMakesAnUnclaimedMailAClaimedOne() {
        String unclaimed = slots.take("sent", 5, LIFE).orElseThrow();

        mail(unclaimed).settle(slots, Decision.DENIED);

        assertThat(store.contains(unclaimed)).isFalse();
        assertThat(slots.taken(CLAIMED, 1)).isEqualTo(1);
    }

    @Test
    void mailIsNeverUncountedIfNoSlotOfClaimedOnesIsFound() {
        slots.take(CLAIMED, 1, LIFE);
        String unclaimed = slots.take("sent", 5, LIFE).orElseThrow();

        mail(unclaimed).settle(slots, Decision.APPROVED);

        assertThat(store.contains(unclaimed)).isTrue();
    }

    private static ReservedSlots mail(String unclaimed) {
        return new ReservedSlots(
                Optional.empty(),
                List.of(),
                List.of(),
                "",
                List.of(new ReservedSlots.Claim(unclaimed, CLAIMED, 1)),
                LIFE);
    }
}
