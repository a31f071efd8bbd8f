// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.time.ServerClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Numbered slots, of which a counter has so many: whatever is counted takes one with {@code
 * putIfAbsent}, which has one winner across nodes. Nothing is read, added and written back, so no
 * limit can be outrun. Up to {@link #EXACT} slots are looked at one by one. Of more, a bounded
 * number is: a few among the taken ones, if some of these were given back; those where the taken
 * ones seem to end; then some at random. So a large limit costs the same however large it is; it
 * never lets more pass, and may refuse a little early when nearly all slots are taken. What a slot
 * was taken for is written into it, or, of a gate, beside it.
 */
public final class NumberedSlots {

    /** The highest limit that is counted slot by slot. */
    public static final int EXACT = 64;

    /** Slots that are tried below the end of the taken ones: so the end stays near their number. */
    private static final int AMONG_TAKEN = 3;

    /** Slots that are tried where the taken ones seem to end. */
    private static final int AT_THE_END = 32;

    /** Slots that are tried at random after that: with 95 of 100 taken, 1 in 700 finds none. */
    private static final int AT_RANDOM = 128;

    /** Slots of a large limit that are looked at to say about how many are taken. */
    private static final int SAMPLE = 512;

    /** How far from where the taken slots seem to end the first look is. */
    private static final int NEAR = 16;

    /**
     * Slots are sought among the taken ones each time until so many times in a row none is free.
     */
    private static final int MISSES = 3;

    /** After that, every so many times. */
    private static final int LOOK_AGAIN = 8;

    /** What this node guesses of large limits, for speed alone: any value is right. */
    private static final Map<String, Guess> GUESSES = new ConcurrentHashMap<>();

    private static final int MOST_GUESSES = 10_000;

    private static final String UNTIL = "until";

    private final String realmId;
    private final SingleUseObjectProvider store;
    private final Entries entries;

    /** Where a slot of a large limit is sought first. */
    private static final class Guess {
        /** Where the taken slots seem to end; each caller on this node gets another number. */
        private final AtomicInteger end = new AtomicInteger();

        /** How often in a row no slot that was given back was found among the taken ones. */
        private final AtomicInteger misses = new AtomicInteger();

        int end(int limit) {
            return Math.min(end.get(), limit);
        }
    }

    public NumberedSlots(KeycloakSession session) {
        this(session.singleUseObjects(), session.getContext().getRealm().getId());
    }

    public NumberedSlots(SingleUseObjectProvider store, String realmId) {
        this.store = store;
        this.entries = new Entries(store);
        this.realmId = realmId;
    }

    /**
     * The key of something that is counted in this realm. Hashed: ids of federated users can be
     * longer than a key may be, and addresses are not to be readable. Short, as a request holds
     * about twenty such keys.
     */
    public String counter(String... parts) {
        return "ciba." + Hashes.brief(realmId + "\n" + String.join("\n", parts));
    }

    /**
     * Takes a slot.
     *
     * @param lifespan in seconds
     * @return the slot; empty if the limit is reached
     */
    public Optional<String> take(String counter, int limit, long lifespan) {
        if (limit <= EXACT) {
            return takeOneOf(counter, IntStream.range(0, limit), lifespan);
        }
        return takeGap(counter, limit, lifespan)
                .or(() -> takeOneOf(counter, next(counter, limit), lifespan))
                .or(() -> takeOneOf(counter, atTheEnd(counter, limit), lifespan))
                .or(() -> takeOneOf(counter, atRandom(limit), lifespan));
    }

    /** One that was given back, so that the end of the taken ones stays near their number. */
    private Optional<String> takeGap(String counter, int limit, long lifespan) {
        Guess guess = guess(counter);
        if (guess.misses.get() >= MISSES && ThreadLocalRandom.current().nextInt(LOOK_AGAIN) > 0) {
            return Optional.empty();
        }
        Optional<String> gap = takeOneOf(counter, amongTaken(guess.end(limit)), lifespan);
        guess.misses.updateAndGet(misses -> gap.isPresent() ? 0 : Math.min(MISSES, misses + 1));
        if (gap.isEmpty() && guess.end.get() > 0) {
            // it may have come down
            end(counter, limit, NEAR);
        }
        return gap;
    }

    /**
     * Takes one of some slots of a counter, tried at random.
     *
     * @param size how many slots there are to choose from
     * @param number of the first, the second and so on of them
     */
    Optional<String> takeOfPart(String counter, int size, IntUnaryOperator number, long lifespan) {
        return takeOneOf(counter, atRandom(size).map(number), lifespan);
    }

    private Optional<String> takeOneOf(String counter, IntStream numbers, long lifespan) {
        return numbers.mapToObj(number -> slot(counter, number))
                .filter(slot -> !store.contains(slot) && store.putIfAbsent(slot, lifespan))
                .findFirst();
    }

    /** How many slots are taken; of a large limit, about how many. */
    public int taken(String counter, int limit) {
        int end = limit <= EXACT ? limit : end(counter, limit, 0);
        return sampled(counter, 0, end) + sampled(counter, end, limit);
    }

    /**
     * Whether all slots seem to be taken. It ends at the first free one, and begins where that is
     * most likely: a limit that is far away costs one look.
     */
    public boolean isFull(String counter, int limit) {
        int looks = Math.min(limit, SAMPLE);
        return IntStream.range(0, looks)
                .map(i -> limit - 1 - (int) ((long) i * limit / looks))
                .allMatch(number -> isTaken(counter, number));
    }

    /** How many of some slots seem to be taken. */
    private int sampled(String counter, int first, int end) {
        int size = end - first;
        int looks = Math.min(size, SAMPLE);
        long found =
                IntStream.range(0, looks)
                        .map(i -> first + (int) ((2L * i + 1) * size / (2L * looks)))
                        .filter(number -> isTaken(counter, number))
                        .count();
        return looks == 0 ? 0 : (int) (found * size / looks);
    }

    private static IntStream amongTaken(int end) {
        return end == 0 ? IntStream.empty() : ThreadLocalRandom.current().ints(AMONG_TAKEN, 0, end);
    }

    private static IntStream next(String counter, int limit) {
        int next = guess(counter).end.getAndUpdate(end -> end < limit ? end + 1 : end);
        return next < limit ? IntStream.of(next) : IntStream.empty();
    }

    private IntStream atTheEnd(String counter, int limit) {
        // some of those that are tried may be taken: the end need not be found exactly
        int end = Math.min(end(counter, limit, AT_THE_END / 2), Math.max(0, limit - AT_THE_END));
        // not all at the same one: where the store is the database, one waits for the other there
        int first = ThreadLocalRandom.current().nextInt(AT_THE_END);
        guess(counter).end.set(end + first + 1);
        return IntStream.range(0, AT_THE_END)
                .map(i -> end + (first + i) % AT_THE_END)
                .filter(number -> number < limit);
    }

    private static IntStream atRandom(int limit) {
        return ThreadLocalRandom.current().ints(AT_RANDOM, 0, limit);
    }

    /** Gives a slot back, or opens a gate again. */
    public void release(String slot) {
        store.remove(slot);
    }

    public void reset(String counter, int limit) {
        GUESSES.remove(counter);
        IntStream.range(0, taken(counter, limit) == 0 ? 0 : limit)
                .forEach(number -> store.remove(slot(counter, number)));
    }

    /**
     * Gives all slots of a counter back, whatever the limits for which they were taken: they are
     * taken from the lowest one up, and end where many in a row are free.
     */
    public void resetAll(String counter) {
        GUESSES.remove(counter);
        int from = 0;
        while (resetPart(counter, from, from + SAMPLE)) {
            from += SAMPLE;
        }
    }

    private boolean resetPart(String counter, int from, int end) {
        List<String> taken =
                IntStream.range(from, end)
                        .mapToObj(number -> slot(counter, number))
                        .filter(store::contains)
                        .toList();
        taken.forEach(store::remove);
        return !taken.isEmpty();
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
        note(gate, seconds, Map.of(UNTIL, Long.toString(ServerClock.seconds() + seconds)));
        return true;
    }

    /**
     * Writes into a slot what it was taken for, once the transaction commits; within that, it must
     * not be given back any more.
     */
    void fill(String slot, long seconds, Map<String, String> notes) {
        entries.put(slot, seconds, notes);
    }

    /** What a slot was taken for; empty, too, if this version does not know the form of that. */
    Optional<Map<String, String>> content(String slot) {
        return entries.getIfKnown(slot).filter(notes -> !notes.isEmpty());
    }

    /** What the first so many slots of a counter were taken for. */
    Stream<Map<String, String>> contents(String counter, int most) {
        return IntStream.range(0, most)
                .mapToObj(number -> content(slot(counter, number)))
                .flatMap(Optional::stream);
    }

    /** Keeps notes beside a slot, once the transaction commits. */
    public void note(String slot, long seconds, Map<String, String> notes) {
        entries.put(beside(slot), seconds, notes);
    }

    public void renew(String slot, long seconds) {
        store.put(slot, seconds, Map.of());
    }

    /**
     * The notes beside a slot; empty if there are none.
     *
     * @throws NewerEntryException if this version does not know their form
     */
    public Optional<Map<String, String>> notes(String slot) {
        return entries.get(beside(slot));
    }

    /** The same; empty, too, if this version does not know their form. */
    public Optional<Map<String, String>> notesIfKnown(String slot) {
        return entries.getIfKnown(beside(slot));
    }

    /** The notes beside the first so many slots of a counter, as far as their form is known. */
    public Stream<Map<String, String>> notes(String counter, int most) {
        return IntStream.range(0, most)
                .mapToObj(number -> notesIfKnown(slot(counter, number)))
                .flatMap(Optional::stream);
    }

    /** Gives a slot back with its notes: first those, as who takes the slot next writes its own. */
    public void releaseNoted(String slot) {
        store.remove(beside(slot));
        store.remove(slot);
    }

    public boolean isClosed(String gate) {
        return store.contains(gate);
    }

    /** When a closed gate opens, in seconds since the epoch, if it is known already. */
    public OptionalLong opensAt(String gate) {
        return notes(gate)
                .map(notes -> OptionalLong.of(Long.parseLong(notes.get(UNTIL))))
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Where the taken slots seem to end. They are taken from the lowest one up, so halving finds
     * it, between a taken and a free one that are sought around the place of the last time.
     *
     * @param within how many slots further on it may be
     */
    private int end(String counter, int limit, int within) {
        Guess guess = guess(counter);
        int taken = guess.end(limit);
        int free = Math.min(taken + NEAR, limit);
        for (long step = 2 * NEAR; free < limit && isTaken(counter, free); step *= 2) {
            taken = free + 1;
            free = (int) Math.min(taken + step, limit);
        }
        for (int step = NEAR; taken > 0 && !isTaken(counter, taken - 1); step *= 2) {
            free = taken - 1;
            taken = Math.max(0, free - step);
        }
        while (free - taken > within) {
            int middle = (taken + free) >>> 1;
            if (isTaken(counter, middle)) {
                taken = middle + 1;
            } else {
                free = middle;
            }
        }
        guess.end.set(taken);
        return taken;
    }

    private static Guess guess(String counter) {
        if (GUESSES.size() >= MOST_GUESSES) {
            GUESSES.clear();
        }
        return GUESSES.computeIfAbsent(counter, any -> new Guess());
    }

    private boolean isTaken(String counter, int number) {
        return store.contains(slot(counter, number));
    }

    public static String slot(String counter, int number) {
        return counter + "." + number;
    }

    private static String beside(String slot) {
        return slot + ".notes";
    }
}
