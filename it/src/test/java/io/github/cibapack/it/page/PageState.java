// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.page;

import java.util.Locale;

/** The states in which a person may find the approval page, with what a reader of English sees. */
enum PageState {
    UNDECIDED(200, "Gas Pump asks for your approval"),
    APPROVED(200, "Approved"),
    DENIED(200, "Denied"),
    ENDED(200, "This request has ended"),
    CANCELLED(200, "This request was cancelled"),
    CANCELLED_BY_CLIENT(200, "The application took this request back"),
    UNKNOWN(404, "This link does not work"),
    REFUSED(403, "Nothing was decided");

    private final int status;
    private final String heading;

    PageState(int status, String heading) {
        this.status = status;
        this.heading = heading;
    }

    int status() {
        return status;
    }

    String heading() {
        return heading;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
