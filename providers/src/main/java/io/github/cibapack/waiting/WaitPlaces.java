// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places of a node's waiters, so that neither a client nor a realm can take all of them.
 *
 * @param node most waiters of this node
 * @param realm most of them in one realm
 * @param client most of them for one client
 */
public record WaitPlaces(int node, int realm, int client) {

    /** The same number for all three. */
    public static WaitPlaces of(int most) {
        return new WaitPlaces(most, most, most);
    }

    static final class Taken {
        private static final String NODE = "node";

        private final WaitPlaces places;
        private final Map<String, Integer> taken = new ConcurrentHashMap<>();

        Taken(WaitPlaces places) {
            this.places = places;
        }

        boolean take(PendingWaits.Wait wait) {
            Map<String, Integer> limits =
                    Map.of(
                            NODE,
                            places.node(),
                            realm(wait),
                            places.realm(),
                            client(wait),
                            places.client());
            List<String> had = new ArrayList<>();
            for (Map.Entry<String, Integer> limit : limits.entrySet()) {
                had.add(limit.getKey());
                if (taken.merge(limit.getKey(), 1, Integer::sum) > limit.getValue()) {
                    had.forEach(this::giveBack);
                    return false;
                }
            }
            return true;
        }

        void giveBack(PendingWaits.Wait wait) {
            List.of(NODE, realm(wait), client(wait)).forEach(this::giveBack);
        }

        private void giveBack(String key) {
            taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }

        boolean anyLeft() {
            return taken.getOrDefault(NODE, 0) < places.node();
        }

        private static String realm(PendingWaits.Wait wait) {
            return "realm " + wait.realmId();
        }

        private static String client(PendingWaits.Wait wait) {
            return "client " + wait.clientId();
        }
    }
}
