// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.text.UnfitException;

/** Authorization details: what is taken, is the same when it is read again. */
public final class AuthorizationDetailsFuzz {
    private AuthorizationDetailsFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        AuthorizationDetails details;
        try {
            details = AuthorizationDetails.of(new FuzzInput(bytes).text());
        } catch (UnfitException e) {
            return;
        }
        AuthorizationDetails again = AuthorizationDetails.accepted(details.json());
        if (!again.hash().equals(details.hash()) || !again.types().equals(details.types())) {
            throw new AssertionError("read again, it is another one");
        }
        details.claim();
    }
}
