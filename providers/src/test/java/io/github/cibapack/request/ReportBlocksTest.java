// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.HeapStore;
import io.github.cibapack.store.NumberedSlots;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** What a report and a wrong number block. */
class ReportBlocksTest {
    private static final int MINUTES = 10;

    private final ReportBlocks blocks =
            new ReportBlocks(new NumberedSlots(new HeapStore(), "realm"));

    @AfterEach
    void backToNow() {
        Time.setOffset(0);
    }

    private boolean report(String client) {
        return blocks.block(Decision.REPORTED, client, "user", MINUTES);
    }

    @Test
    void reportBlocksOneClientForOneUserForAWhile() {
        assertThat(report("client")).isTrue();
        assertThat(blocks.blockedFor("client", "user").getAsLong()).isBetween(599L, 600L);
        assertThat(blocks.isBlocked("other", "user")).isFalse();
        assertThat(blocks.isBlocked("client", "other")).isFalse();
        Time.setOffset(601);
        assertThat(blocks.isBlocked("client", "user")).isFalse();
        assertThat(blocks.of("user")).isEmpty();
    }

    @Test
    void fiveReportsOfAUserBlockWithinAnHourAndWrongNumbersAlways() {
        for (int i = 0; i < 5; i++) {
            assertThat(report("client " + i)).isTrue();
        }
        assertThat(report("sixth")).isFalse();
        assertThat(blocks.isBlocked("sixth", "user")).isFalse();
        assertThat(blocks.block(Decision.WRONG_NUMBER, "sixth", "user", MINUTES)).isTrue();
        assertThat(blocks.isBlocked("sixth", "user")).isTrue();
        Time.setOffset(3601);
        assertThat(report("seventh")).isTrue();
    }

    @Test
    void listShowsEachBlockedClientOnceUntilItIsUnblocked() {
        report("a");
        report("b");
        report("a");
        assertThat(blocks.of("user")).containsExactly("a", "b");
        blocks.unblock("a", "user");
        assertThat(blocks.of("user")).containsExactly("b");
    }
}
