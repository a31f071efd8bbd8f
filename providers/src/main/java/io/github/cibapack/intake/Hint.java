// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.HintKind;
import java.util.Optional;

/**
 * The one hint of a request (CIBA Core §7.1).
 *
 * @param kind which parameter it came in
 * @param value what it says; never logged
 */
record Hint(Kind kind, String value) {

    enum Kind {
        LOGIN_HINT(HintKind.LOGIN_HINT),
        LOGIN_HINT_TOKEN(HintKind.LOGIN_HINT_TOKEN),
        ID_TOKEN_HINT(HintKind.ID_TOKEN_HINT),
        /** The internal id of a user whom the server itself has authenticated. */
        AUTHENTICATED_USER(null);

        private final HintKind parameter;

        Kind(HintKind parameter) {
            this.parameter = parameter;
        }

        /** The parameter that it comes in; empty if no relying party can send it. */
        Optional<HintKind> parameter() {
            return Optional.ofNullable(parameter);
        }
    }

    /** Never prints the value. */
    @Override
    public String toString() {
        return "Hint[" + kind + "]";
    }
}
