// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.gateway;

/** The headers between caller, gateway, API and the rule. */
public final class Headers {

    /** From the caller, and to it: the transaction. A browser's cookie begins with this name. */
    public static final String TRANSACTION = "One-Time-Authorization";

    /** To the API: who approved. */
    public static final String USER = "One-Time-Authorization-User";

    /** To the API: the id of the authentication request, as events show it. */
    public static final String ID = "One-Time-Authorization-Id";

    /** To the API: the receipt. */
    public static final String RECEIPT = "One-Time-Authorization-Receipt";

    /** To a gateway that passes headers only: where to fetch the answer to the caller. */
    public static final String ANSWER = "One-Time-Authorization-Answer";

    /** From the caller or the gateway: the body that the Content-Digest is of. */
    public static final String BODY = "Approval-Body";

    /** From the gateway alone: by this it proves what it is. */
    public static final String SECRET = "X-Gateway-Secret";

    private Headers() {}
}
