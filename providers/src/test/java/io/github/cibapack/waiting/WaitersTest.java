// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.ChangeMarks;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters();
    private final Waiter one = waiter("key", Optional.of("request"));

    @Test
    void whoWaitsIsFoundByRequestAndMarkUntilItLeaves() {
        waiters.add(one);
        assertThat(waiters.of("request")).containsExactly(one);
        assertThat(waiters.with(ChangeMarks.number("request"))).containsExactly(one);

        assertThat(waiters.remove(one)).isTrue();
        assertNobodyWaits();
    }

    @Test
    void ofTwoWithOneKeyTheFirstWaits() {
        Waiter second = waiter("key", Optional.of("request"));
        assertThat(waiters.add(one)).isTrue();
        assertThat(waiters.add(second)).isFalse();
        assertThat(waiters.remove(second)).isFalse();

        assertThat(waiters.of("request")).containsExactly(one);
        assertThat(waiters.arrived()).containsExactly(one);
    }

    @Test
    void whoLeavesBeforeAnybodyLooksIsForgotten() {
        waiters.add(one);
        waiters.remove(one);

        assertNobodyWaits();
    }

    /** As if its caller had hung up in the middle of that: it is told to leave again then. */
    @Test
    void whoLeavesWhileItIsAddedIsForgottenWhenItLeavesOnceMore() {
        waiters.add(one);
        waiters.all().remove(one);

        assertThat(waiters.remove(one)).isFalse();
        assertNobodyWaits();
    }

    @Test
    void whoWaitsForAnotherServerHasNoMark() {
        Waiter slow = waiter("key", Optional.empty());
        waiters.add(slow);

        assertThat(waiters.slow()).containsExactly(slow);
        assertThat(waiters.arrived()).isEmpty();
        waiters.remove(slow);
        assertNobodyWaits();
    }

    private void assertNobodyWaits() {
        assertThat(waiters.count()).isZero();
        assertThat(waiters.of("request")).isEmpty();
        assertThat(waiters.hasAnyWith(ChangeMarks.number("request"))).isFalse();
        assertThat(waiters.slow()).isEmpty();
        assertThat(waiters.arrived()).isEmpty();
    }

    private static Waiter waiter(String key, Optional<String> requestId) {
        return new Waiter(
                new PendingWaits.Wait(
                        key,
                        "realm",
                        "client",
                        requestId,
                        new PendingWaits.Look(session -> false, Optional.empty()),
                        Duration.ofHours(1)),
                new HeldConnection());
    }
}
