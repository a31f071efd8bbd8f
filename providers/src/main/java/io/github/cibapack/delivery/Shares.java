// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What realms have of something of which a node has so much. A realm may have as much as it leaves
 * free: alone it gets half of all, the next one half of the rest. Of what a realm may have, each of
 * its receivers may have as much as it leaves to the others, in the same way.
 */
final class Shares {
    private final long all;
    private final Map<String, Long> ofRealms = new HashMap<>();
    private final Map<Share, Long> ofReceivers = new HashMap<>();
    private long free;

    Shares(long all) {
        this.all = all;
        this.free = all;
    }

    /** Takes an amount, if the realm may have it, and the receiver within the realm. */
    synchronized boolean take(Share share, long amount) {
        long ofRealm = ofRealms.getOrDefault(share.realmId(), 0L);
        if (ofRealm + amount > free || !isLeftTo(share, amount, free - ofRealm)) {
            return false;
        }
        add(share, amount);
        return true;
    }

    /**
     * Whether a receiver leaves as much.
     *
     * @param between what is free and what the realm has: of that a half is left to the realm
     */
    private boolean isLeftTo(Share share, long amount, long between) {
        return !share.isOfOneOfSeveral()
                || ofReceivers.getOrDefault(share, 0L) + amount <= (between + 1) / 2;
    }

    synchronized void giveBack(Share share, long amount) {
        add(share, -amount);
        notifyAll();
    }

    private void add(Share share, long amount) {
        free -= amount;
        add(ofRealms, share.realmId(), amount);
        if (share.isOfOneOfSeveral()) {
            add(ofReceivers, share, amount);
        }
    }

    private static <K> void add(Map<K, Long> taken, K whose, long amount) {
        if (taken.merge(whose, amount, Long::sum) == 0) {
            taken.remove(whose);
        }
    }

    synchronized long used() {
        return all - free;
    }

    /**
     * Waits until nothing is taken.
     *
     * @return false if something still is when the time is over
     */
    synchronized boolean awaitUnused(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (free < all) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
