// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

/** The two outcomes that the audit log of PingOne knows, as detail {@code ciba_result}. */
public enum CibaResult {
    /** The user has decided, whichever way. */
    SUCCEEDED("CIBA Authentication Succeeded"),
    /** There is no decision, it rests on a wrong number, or it cannot be used. */
    FAILED("CIBA Authentication Failed");

    private final String detail;

    CibaResult(String detail) {
        this.detail = detail;
    }

    /** The value of the event's detail. */
    public String detail() {
        return detail;
    }
}
