// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

/**
 * How a request at another token provider ended. The provider says it once, so it is kept as it was
 * said, and once more when it was verified.
 *
 * @param state where the transaction stands
 * @param idToken what proves the approval; null once it was verified, and where there is none
 * @param approval what was verified; null before
 */
record RemoteOutcome(TokenProvider.State state, String idToken, GrantedApproval approval) {

    static RemoteOutcome denied() {
        return new RemoteOutcome(TokenProvider.State.DENIED, null, null);
    }

    static RemoteOutcome expired() {
        return new RemoteOutcome(TokenProvider.State.EXPIRED, null, null);
    }

    /** An approval that nobody has verified. */
    static RemoteOutcome claimed(String idToken) {
        return new RemoteOutcome(TokenProvider.State.APPROVED, idToken, null);
    }

    static RemoteOutcome verified(GrantedApproval approval) {
        return new RemoteOutcome(TokenProvider.State.APPROVED, null, approval);
    }

    boolean isToVerify() {
        return state == TokenProvider.State.APPROVED && approval == null;
    }

    /** Never prints the token. */
    @Override
    public String toString() {
        return "RemoteOutcome[" + state + "]";
    }
}
