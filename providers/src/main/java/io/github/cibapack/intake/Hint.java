// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.HintKind;
import java.util.Optional;

/**
 * The one hint of a request (CIBA Core §7.1).
 *
 * @param kind which parameter it came in; empty for the internal id of a user whom the server
 *     itself has authenticated, which no relying party can send
 * @param value what it says; never logged
 */
record Hint(Optional<HintKind> kind, String value) {

    static Hint of(HintKind kind, String value) {
        return new Hint(Optional.of(kind), value);
    }

    static Hint toAuthenticated(String userId) {
        return new Hint(Optional.empty(), userId);
    }

    /** Never prints the value. */
    @Override
    public String toString() {
        return "Hint[" + kind + "]";
    }
}
