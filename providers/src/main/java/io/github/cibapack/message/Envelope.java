// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.message;

import io.github.cibapack.request.AuthenticationRequest;

/**
 * A message that is written and not yet sent, and whose request it belongs to, in plain values: it
 * outlives the session of its request.
 *
 * @param request what it is about, over the message's channel
 * @param message what is sent
 * @param endsRequest whether a message that cannot be delivered ends its request; not if users are
 *     hidden, as who can be reached exists
 * @param next what is tried before that
 */
public record Envelope(
        AuthenticationRequest request, Message message, boolean endsRequest, NextChannel next) {

    /** Never prints what was asked. */
    @Override
    public String toString() {
        return "Envelope[" + request.authReqId() + "]";
    }
}
