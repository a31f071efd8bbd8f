// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Limits counted by slots: whatever is counted takes one numbered entry with {@code putIfAbsent},
 * which has one winner across nodes. Nothing is read, added and written back, so a limit of up to
 * {@link #EXACT} cannot be outrun. Above that, a free slot is looked for by halving: slots that
 * were given back in between may be overlooked, so a large limit can refuse a little early, and
 * never lets more pass.
 */
public final class LimitSlots {

    /** The highest limit that is counted slot by slot. */
    public static final int EXACT = 64;

    private static final String UNTIL = "until";

    private final RealmModel realm;
    private final SingleUseObjectProvider store;

    public LimitSlots(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /**
     * The key of something that is counted in this realm. Hashed: ids of federated users can be
     * longer than a key may be, and addresses are nobody's business.
     */
    public String counter(String... parts) {
        return "ciba.limit." + Hashes.sha256(realm.getId() + "\n" + String.join("\n", parts));
    }

    /**
     * Takes a slot.
     *
     * @param lifespan in seconds
     * @return the slot, or nothing where the limit is reached
     */
    public Optional<String> take(String counter, int limit, long lifespan) {
        return IntStream.range(limit <= EXACT ? 0 : probablyTaken(counter, limit), limit)
                .mapToObj(number -> slot(counter, number))
                .filter(slot -> !store.contains(slot) && store.putIfAbsent(slot, lifespan))
                .findFirst();
    }

    /** How many slots are taken; of a large limit, about how many. */
    public int taken(String counter, int limit) {
        return limit <= EXACT
                ? (int)
                        IntStream.range(0, limit)
                                .filter(number -> store.contains(slot(counter, number)))
                                .count()
                : probablyTaken(counter, limit);
    }

    /** Gives a slot back, or opens a gate again. */
    public void release(String slot) {
        store.remove(slot);
    }

    /** Gives all slots of a counter back. */
    public void reset(String counter, int limit) {
        IntStream.range(0, taken(counter, limit) == 0 ? 0 : limit)
                .forEach(number -> store.remove(slot(counter, number)));
    }

    /**
     * Closes a gate for a while.
     *
     * @return whether this caller is the one who closed it
     */
    public boolean close(String gate, long seconds) {
        if (!store.putIfAbsent(gate, seconds)) {
            return false;
        }
        store.put(
                beside(gate),
                seconds,
                Map.of(UNTIL, Long.toString(Time.currentTimeSeconds() + seconds)));
        return true;
    }

    public boolean isClosed(String gate) {
        return store.contains(gate);
    }

    /** When a closed gate opens, in seconds since the epoch, if it is known already. */
    public OptionalLong opensAt(String gate) {
        return Optional.ofNullable(store.get(beside(gate)))
                .map(notes -> OptionalLong.of(Long.parseLong(notes.get(UNTIL))))
                .orElseGet(OptionalLong::empty);
    }

    /** Slots are taken from the lowest one up, so halving finds the end of the taken ones. */
    private int probablyTaken(String counter, int limit) {
        int taken = 0;
        int free = limit;
        while (taken < free) {
            int middle = (taken + free) >>> 1;
            if (store.contains(slot(counter, middle))) {
                taken = middle + 1;
            } else {
                free = middle;
            }
        }
        return taken;
    }

    private static String slot(String counter, int number) {
        return counter + "." + number;
    }

    private static String beside(String gate) {
        return gate + ".until";
    }
}
