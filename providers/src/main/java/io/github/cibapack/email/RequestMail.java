// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.request.AuthenticationRequest;
import java.util.Optional;

/**
 * The mail of a request: plain values, as it outlives the session that makes it.
 *
 * @param request what it is about
 * @param endsRequest whether a mail that cannot be delivered ends its request; not where users are
 *     hidden, as who has a mailbox exists
 * @param fallback what is tried before that, if there is anything
 * @param mail what is sent
 */
public record RequestMail(
        AuthenticationRequest request,
        boolean endsRequest,
        Optional<Fallback> fallback,
        OutgoingMail mail) {

    /** Never prints what was asked. */
    @Override
    public String toString() {
        return "RequestMail[" + request.authReqId() + "]";
    }
}
