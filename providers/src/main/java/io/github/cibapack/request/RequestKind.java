// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.Locale;

/** What an approval gives: texts about it have words of their own for each. */
public enum RequestKind {
    /** Access to the account, by scopes. */
    ACCESS,
    /** What authorization details say (RFC 9396). */
    DETAILS,
    /** One request to an API passes, and nobody gets a token. */
    ONCE;

    /** The ending of the keys of its own texts. */
    public String variant() {
        return name().toLowerCase(Locale.ROOT);
    }
}
