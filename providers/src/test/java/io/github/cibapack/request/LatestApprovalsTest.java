// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.HeapStore;
import io.github.cibapack.store.NumberedSlots;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** A bounded number of approvals can be revoked, and no client pushes out another's. */
class LatestApprovalsTest {
    private static final long DAY = 86_400;

    private final HeapStore store = new HeapStore();
    private final LatestApprovals approvals =
            new LatestApprovals(store, new NumberedSlots(store, "realm"));

    @AfterEach
    void backToNow() {
        Time.setOffset(0);
    }

    private void approve(String client, String requestId, int at) {
        Time.setOffset(at);
        store.put(Approvals.approvalKey(requestId), DAY, Map.of());
        approvals.add("user", client, requestId, DAY);
    }

    @Test
    void newestApprovalsComeFirst() {
        approve("a", "1", 0);
        approve("b", "2", 10);
        assertThat(approvals.of("user")).containsExactly("2", "1");
        assertThat(approvals.of("other")).isEmpty();
    }

    @Test
    void clientThatFillsAllPlacesPushesOutItsOwnOldestOnes() {
        approve("victim", "first", 0);
        IntStream.range(0, 40).forEach(i -> approve("busy", "busy " + i, 10 + i));
        assertThat(approvals.of("user"))
                .hasSize(LatestApprovals.MOST)
                .contains("first", "busy 39")
                .doesNotContain("busy 0");
    }

    @Test
    void placeThatWasTakenOverLastsAsLongAsItsNewApproval() {
        IntStream.range(0, LatestApprovals.MOST).forEach(i -> approve("a", "old " + i, i));
        approve("a", "new", 80_000);
        Time.setOffset(90_000);
        IntStream.range(0, LatestApprovals.MOST - 1)
                .forEach(i -> approve("b", "b " + i, 90_000 + i));
        assertThat(approvals.of("user")).contains("new").hasSize(LatestApprovals.MOST);
    }
}
