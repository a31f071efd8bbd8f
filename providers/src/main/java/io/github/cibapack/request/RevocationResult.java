// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.Locale;

/** What the revocation of an approval has done. */
public enum RevocationResult {
    /** The approval had not been used, and cannot be used any more. */
    NOT_USED,
    /** The session that the redemption made is ended, and its tokens with it. */
    ACCESS_ENDED,
    /** A gateway has let the request pass before; it lets no further one pass. */
    ALREADY_PASSED;

    /** The value in the store and in events. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RevocationResult of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
