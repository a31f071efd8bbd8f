// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

/**
 * Who has a share of a queue.
 *
 * @param realmId internal id of the realm
 * @param receiver what is called, in a form that tells it from the realm's others; empty if it is
 *     the realm's one and only
 */
public record Share(String realmId, String receiver) {

    /** No receiver is told so. */
    private static final String THOSE_THAT_FAIL = "\0";

    /** What a realm sends to the one receiver that it has. */
    public static Share of(String realmId) {
        return new Share(realmId, "");
    }

    boolean isOfOneOfSeveral() {
        return !receiver.isEmpty();
    }

    /** That of all receivers of the realm that do not answer. */
    Share ofThoseThatFail() {
        return new Share(realmId, THOSE_THAT_FAIL);
    }
}
