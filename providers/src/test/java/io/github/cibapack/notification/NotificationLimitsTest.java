// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.store.HeapStore;
import io.github.cibapack.store.KeptMemory;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.store.PendingSlots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;

/**
 * Requests of a user who does not exist: no limit of the user refuses them, and those of client,
 * realm and memory count them like all others.
 */
class NotificationLimitsTest {
    private static final String REALM = "realm";
    private static final String CLIENT = "client";
    private static final int LIFE = 120;

    private final HeapStore store = new HeapStore();
    private final NumberedSlots slots = new NumberedSlots(store, REALM);
    private final ComponentModel settings = new ComponentModel();

    @BeforeEach
    void oneMailADayAndOnePendingRequest() {
        settings.put(NotificationPolicyFactory.TOTAL.key(), "1");
        settings.put(NotificationPolicyFactory.PENDING_PER_USER.key(), "1");
    }

    @Test
    void nobodysRequestStaysCountedIfTheMailOfALaterChannelIsRefused() throws ThrottledException {
        settings.put(NotificationPolicyFactory.PENDING_PER_USER.key(), "9");
        ofNobody().take(true);
        NotificationLimits second = ofNobody();
        second.take(false);
        int kept = store.size();

        second.takeMail();

        assertThat(pending()).isEqualTo(2);
        assertThat(store.size()).isEqualTo(kept);
        assertThat(second.reserved().untilDecided()).hasSize(2).allMatch(store::contains);
    }

    @Test
    void nobodysRequestWithoutAPlaceHoldsEachSlotOnce() throws ThrottledException {
        NotificationLimits first = ofNobody();
        first.take(false);
        NotificationLimits second = ofNobody();

        second.take(false);

        assertThat(pending()).isEqualTo(2);
        List<String> held = second.reserved().untilDecided();
        assertThat(held).hasSize(2).doesNotHaveDuplicates().allMatch(store::contains);
        assertThat(held).doesNotContainAnyElementsOf(first.reserved().untilDecided());
        assertThat(second.reserved().place()).isEmpty();
    }

    @Test
    void whatWasGivenBackIsNotHeldAnyMore() throws ThrottledException {
        NotificationLimits first = ofNobody();
        first.take(true);

        first.giveBack();

        ofNobody().take(false);
        assertThat(first.reserved().untilDecided()).isEmpty();
        assertThat(pending()).isEqualTo(1);
    }

    private int pending() {
        return slots.taken(NotificationLimits.pendingCounter(slots, CLIENT), NumberedSlots.EXACT);
    }

    private NotificationLimits ofNobody() {
        return new NotificationLimits(
                null,
                slots,
                new KeptMemory(store, REALM),
                new PendingSlots(slots, taken -> {}),
                new NotificationAttempt(
                        new NotificationPolicy("few", settings),
                        CLIENT,
                        "nobody",
                        Optional.empty(),
                        LIFE,
                        0,
                        true));
    }
}
