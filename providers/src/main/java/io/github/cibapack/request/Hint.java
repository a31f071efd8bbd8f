// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

/**
 * The one hint of a request (CIBA Core §7.1).
 *
 * @param kind which parameter it came in
 * @param value what it says; never logged
 */
record Hint(Kind kind, String value) {

    enum Kind {
        LOGIN_HINT,
        LOGIN_HINT_TOKEN,
        ID_TOKEN_HINT,
        /** The internal id of a user whom the server itself has authenticated. */
        AUTHENTICATED_USER
    }

    /** Never prints the value. */
    @Override
    public String toString() {
        return "Hint[" + kind + "]";
    }
}
