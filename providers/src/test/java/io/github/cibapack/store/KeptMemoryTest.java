// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept for requests never fills the memory, and nobody takes what others need. */
class KeptMemoryTest {
    private static final long HEAP = 192L << 20;
    private static final long LIFE = 1000;

    private final HeapStore store = new HeapStore();

    @Test
    void oneClientGetsAQuarterAndAnotherRealmIsServed() {
        KeptMemory realm = new KeptMemory(store, "realm", HEAP);
        int all = KeptMemory.slotsOf(HEAP);

        int taken = fill(realm, "client");

        assertThat(taken).isLessThanOrEqualTo(all / 4).isGreaterThan(all / 5);
        assertThat(new KeptMemory(store, "other", HEAP).take("c", 0, LIFE)).isPresent();
    }

    @Test
    void oneRealmGetsAHalfHoweverManyClientsItHas() {
        KeptMemory realm = new KeptMemory(store, "realm", HEAP);

        int taken = 0;
        for (int i = 0; i < 40; i++) {
            taken += fill(realm, "client-" + i);
        }

        assertThat(taken).isLessThanOrEqualTo(KeptMemory.slotsOf(HEAP) / 2);
    }

    @Test
    void everyClientOfEveryOtherRealmIsServedWhileOneRealmHasFilledItsHalf() {
        KeptMemory flooded = new KeptMemory(store, "flooded", HEAP);
        for (int i = 0; i < 40; i++) {
            fill(flooded, "client-" + i);
        }

        for (int i = 0; i < 50; i++) {
            KeptMemory other = new KeptMemory(store, "realm-" + i, HEAP);
            assertThat(other.take("client", 10_000, LIFE)).as("realm-%d", i).isPresent();
        }
    }

    @Test
    void longerValuesTakeMore() {
        assertThat(KeptMemory.unitsOf(0)).isLessThan(KeptMemory.unitsOf(10_000));
        assertThat(KeptMemory.unitsOf(10_000)).isLessThan(KeptMemory.unitsOf(20_000));
    }

    @Test
    void whatIsRefusedTakesNothing() {
        KeptMemory realm = new KeptMemory(store, "realm", HEAP);
        fill(realm, "client");
        int before = store.size();

        assertThat(realm.take("client", 1L << 20, LIFE)).isEmpty();

        assertThat(store.size()).isEqualTo(before);
    }

    @Test
    void whatIsGivenBackIsThereForOthers() {
        KeptMemory realm = new KeptMemory(store, "realm", HEAP);
        int before = store.size();

        for (int i = 0; i < KeptMemory.slotsOf(HEAP); i++) {
            realm.giveBack(realm.take("client", 10_000, LIFE).orElseThrow());
        }

        assertThat(store.size()).isEqualTo(before);
    }

    private static int fill(KeptMemory memory, String client) {
        int taken = 0;
        for (int misses = 0; misses < 20; ) {
            int got = memory.take(client, 0, LIFE).map(slots -> slots.size()).orElse(0);
            taken += got;
            misses += got == 0 ? 1 : 0;
        }
        return taken;
    }
}
