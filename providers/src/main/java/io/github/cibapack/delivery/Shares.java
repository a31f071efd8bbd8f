// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What realms have of something of which a node has so much. A realm may have as much as it leaves
 * free: alone it gets half of all, the next one half of the rest.
 */
final class Shares {
    private final long all;
    private final Map<String, Long> taken = new HashMap<>();
    private long free;

    Shares(long all) {
        this.all = all;
        this.free = all;
    }

    /** Takes an amount, if the realm may have it. */
    synchronized boolean take(String realmId, long amount) {
        long has = taken.getOrDefault(realmId, 0L);
        if (has + amount > free) {
            return false;
        }
        free -= amount;
        taken.put(realmId, has + amount);
        return true;
    }

    synchronized void giveBack(String realmId, long amount) {
        free += amount;
        if (taken.merge(realmId, -amount, Long::sum) == 0) {
            taken.remove(realmId);
        }
        notifyAll();
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
