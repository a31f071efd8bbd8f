// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Marks by which nodes tell each other that something has changed: whoever waits for many things
 * looks at these few, and at the things themselves only if their mark is another one than before. A
 * mark stands for all things whose ids have the same number. It may change although nothing has; it
 * never stays the same although something has been marked.
 */
public final class ChangeMarks {

    /** So many things can change between two looks before most marks have. */
    public static final int COUNT = 256;

    /** The number of the mark that is changed after any other. */
    public static final int OF_ANY = COUNT;

    /** Longer than anybody looks at it without a pause; one that has ended is a change. */
    private static final long LIFESPAN = 600;

    private final SingleUseObjectProvider store;

    public ChangeMarks(KeycloakSession session) {
        this(session.singleUseObjects());
    }

    ChangeMarks(SingleUseObjectProvider store) {
        this.store = store;
    }

    public static int number(String id) {
        return Math.floorMod(id.hashCode(), COUNT);
    }

    /**
     * Changes marks when the session commits; what they tell of must have been committed before.
     *
     * @param numbers in an order, as a database lets those who change them wait for each other
     */
    public void change(NavigableSet<Integer> numbers) {
        Entries entries = new Entries(store);
        numbers.forEach(
                number ->
                        entries.put(
                                key(number),
                                LIFESPAN,
                                Map.of("mark", UUID.randomUUID().toString())));
    }

    /** A mark as it is kept, to be compared with itself only. Costs one {@code get}. */
    public Optional<Map<String, String>> read(int number) {
        return Optional.ofNullable(store.get(key(number)));
    }

    private static String key(int number) {
        return "ciba.changed." + number;
    }
}
