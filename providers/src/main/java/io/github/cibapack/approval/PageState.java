// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import java.util.Locale;

/** The states in which a person may find the page. */
enum PageState {
    UNDECIDED,
    APPROVED,
    DENIED,
    /** Ended without a decision of the user. */
    ENDED,
    /** No ticket, or none that is good here and now. */
    UNKNOWN,
    /** A decision that did not come from the page's own form. */
    REFUSED;

    String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
