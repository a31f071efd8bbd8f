// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.policy.HintKind;

/**
 * The one hint of a request (CIBA Core §7.1).
 *
 * @param kind which parameter it came in
 * @param value what it says; never logged
 */
record Hint(HintKind kind, String value) {

    /** Never prints the value. */
    @Override
    public String toString() {
        return "Hint[" + kind + "]";
    }
}
