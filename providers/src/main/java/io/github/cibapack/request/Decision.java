// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.Locale;

/** How a request ended. All but the first one poll as denied. */
public enum Decision {
    APPROVED,
    DENIED,
    /** The user says that somebody else has started it. */
    REPORTED,
    /** The user picked or typed a number that the relying party does not show. */
    WRONG_NUMBER,
    /** The user could not be reached: the e-mail was refused for good. */
    UNDELIVERABLE,
    /** An admin has ended it. */
    CANCELLED,
    /** The client that has started it has taken it back. */
    CANCELLED_BY_CLIENT;

    boolean isApproval() {
        return this == APPROVED;
    }

    /** Whether it was the user who decided. */
    public boolean isResponse() {
        return this != UNDELIVERABLE && this != CANCELLED && this != CANCELLED_BY_CLIENT;
    }

    /** Whether the client shall not ask the user again for a while. */
    public boolean blocksTheClient() {
        return this == REPORTED || this == WRONG_NUMBER;
    }

    /** The value in the store and in events. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Decision of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
