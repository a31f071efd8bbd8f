// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.PendingSlots.Caps;
import io.github.cibapack.store.PendingSlots.Notice;
import io.github.cibapack.store.PendingSlots.Pending;
import io.github.cibapack.store.PendingSlots.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** Pending requests of a user: counted, found, and given back. */
class PendingSlotsTest {
    private static final int LIFE = 120;
    private static final Caps CAPS = new Caps(3, 2);

    private final HeapStore store = new HeapStore();
    private final List<Supplier<Collection<String>>> rollback = new ArrayList<>();
    private final PendingSlots pending = slots("realm");

    private PendingSlots slots(String realm) {
        return new PendingSlots(new NumberedSlots(store, realm), rollback::add);
    }

    @AfterEach
    void backToNow() {
        Time.setOffset(0);
    }

    private Place take(String client, String request) {
        return take(pending, client, "user", request, Notice.MAIL);
    }

    /** Takes a place and lets the user find the request. */
    private static Place take(
            PendingSlots slots, String client, String user, String request, Notice notice) {
        Place place = slots.take(client, user, LIFE, notice, CAPS);
        if (place instanceof Place.Held held) {
            slots.list(held.slots(), request, client, LIFE);
        }
        return place;
    }

    @Test
    void capOfAClientComesBeforeThatOfTheUser() {
        take("a", "1");
        take("a", "2");
        assertThat(take("a", "3")).isInstanceOf(Place.ClientFull.class);
        assertThat(take("b", "4")).isInstanceOf(Place.Held.class);
        assertThat(take("b", "5")).isInstanceOf(Place.UserFull.class);
        // what was taken of the client's own cap has been given back
        assertThat(take(pending, "b", "other", "6", Notice.MAIL)).isInstanceOf(Place.Held.class);
    }

    @Test
    void pendingRequestsAreFoundInTheirOwnRealmOnly() {
        take("a", "1");
        take(pending, "b", "user", "2", Notice.INBOX);
        assertThat(pending.of("user"))
                .containsExactly(
                        new Pending("1", "a", Notice.MAIL), new Pending("2", "b", Notice.INBOX));
        assertThat(pending.of("other")).isEmpty();
        assertThat(slots("other realm").of("user")).isEmpty();
    }

    @Test
    void requestsThatWaitInTheInboxTakeNoPlaceOfThoseThatAreMailed() {
        take("a", "1");
        take("a", "2");
        assertThat(take(pending, "a", "user", "3", Notice.INBOX)).isInstanceOf(Place.Held.class);
    }

    @Test
    void slotEndsWithItsRequest() {
        take("a", "1");
        take("a", "2");
        Time.setOffset(LIFE + 1);
        assertThat(pending.of("user")).isEmpty();
        assertThat(take("a", "3")).isInstanceOf(Place.Held.class);
    }

    @Test
    void lateReleaseDoesNotTouchTheRequestThatHasTheSlotNow() {
        Place.Held first = (Place.Held) take("a", "1");
        pending.release(first.slots(), "1");
        take("a", "2");
        pending.release(first.slots(), "1");
        assertThat(pending.of("user")).extracting(Pending::requestId).containsExactly("2");
    }

    @Test
    void placeOfARequestThatDoesNotComeAboutCountsNoMore() {
        Place.Held first = (Place.Held) pending.take("a", "user", LIFE, Notice.MAIL, CAPS);
        take("a", "2");
        assertThat(take("a", "3")).isInstanceOf(Place.ClientFull.class);

        pending.giveBack(first.slots());

        assertThat(rollback.get(0).get()).isEmpty();
        assertThat(take("a", "4")).isInstanceOf(Place.Held.class);
        assertThat(pending.of("user"))
                .extracting(Pending::requestId)
                .containsExactlyInAnyOrder("2", "4");
    }

    @Test
    void requestThatIsNotYetStoredIsNotListedAndCounts() {
        pending.take("a", "user", LIFE, Notice.MAIL, CAPS);
        pending.take("a", "user", LIFE, Notice.MAIL, CAPS);

        assertThat(pending.of("user")).isEmpty();
        assertThat(take("a", "3")).isInstanceOf(Place.ClientFull.class);
    }

    @Test
    void rollbackIsToldBothSlots() {
        Place.Held held = (Place.Held) take("a", "1");
        assertThat(rollback)
                .singleElement()
                .satisfies(
                        taken ->
                                assertThat(taken.get())
                                        .containsExactly(
                                                held.slots().ofUser(), held.slots().ofClient()));
    }

    @Test
    void rollbackDoesNotTouchTheRequestThatHasGotWhatWasGivenBack() {
        Place.Held first = (Place.Held) take("a", "1");
        pending.release(first.slots(), "1");
        Place.Held second = (Place.Held) take(slots("realm"), "a", "user", "2", Notice.MAIL);
        assertThat(second.slots()).isEqualTo(first.slots());

        assertThat(rollback.get(0).get()).isEmpty();
        assertThat(rollback.get(1).get()).hasSize(2);
    }

    /** Positive numbers take a place for a client, 0 gives the oldest one back. */
    @Property(tries = 200)
    void noSequenceOutrunsACapOrLosesARequest(
            @ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> steps) {
        PendingSlots fresh =
                new PendingSlots(new NumberedSlots(new HeapStore(), "realm"), taken -> {});
        Map<String, PendingSlots.Slots> held = new HashMap<>();
        List<String> order = new ArrayList<>();
        int number = 0;
        for (int step : steps) {
            String request = "request " + number++;
            if (step > 0) {
                Place place = take(fresh, "client " + step, "user", request, Notice.MAIL);
                if (place instanceof Place.Held won) {
                    held.put(request, won.slots());
                    order.add(request);
                } else {
                    assertThat(
                                    order.size() >= CAPS.perUser()
                                            || fresh.of("user").stream()
                                                            .filter(
                                                                    one ->
                                                                            one.clientId()
                                                                                    .equals(
                                                                                            "client"
                                                                                                + " "
                                                                                                    + step))
                                                            .count()
                                                    >= CAPS.perClient())
                            .isTrue();
                }
            } else if (!order.isEmpty()) {
                String oldest = order.remove(0);
                fresh.release(held.remove(oldest), oldest);
            }
            assertThat(order).hasSizeLessThanOrEqualTo(CAPS.perUser());
            assertThat(fresh.of("user"))
                    .extracting(Pending::requestId)
                    .containsExactlyInAnyOrderElementsOf(order);
        }
    }
}
