// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the receivers of a queue answer. Those of a realm that have failed several times in a row
 * have one share together, so that many of them take no more than one would. One that answers has a
 * share of its own again, and so has one to which nothing is on its way any more.
 */
final class Receivers {
    private static final int FAILURES = 3;

    private final Map<Share, State> states = new ConcurrentHashMap<>();

    private record State(int deliveries, int failures) {
        State with(int more) {
            return new State(deliveries + more, failures);
        }
    }

    /** A delivery is on its way. */
    void enter(Share receiver) {
        states.merge(receiver, new State(1, 0), (had, one) -> had.with(1));
    }

    /** A delivery is over. */
    void leave(Share receiver) {
        states.computeIfPresent(
                receiver, (share, had) -> had.deliveries() == 1 ? null : had.with(-1));
    }

    /** An attempt of a delivery that is on its way has come to its end. */
    void tried(Share receiver, boolean failed) {
        states.computeIfPresent(
                receiver,
                (share, had) -> new State(had.deliveries(), failed ? had.failures() + 1 : 0));
    }

    /** The share from which a receiver takes at this moment. */
    Share shareOf(Share receiver) {
        State state = states.get(receiver);
        return state != null && state.failures() >= FAILURES && receiver.isOfOneOfSeveral()
                ? receiver.ofThoseThatFail()
                : receiver;
    }
}
