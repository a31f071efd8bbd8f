// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

/**
 * Whether a claim may be undone after a rollback: only if nobody can have got anything for it. A
 * commit that fails is thrown, and no answer leaves. A transaction that was only marked is rolled
 * back without a word, and the answer that was made meanwhile goes out: with tokens, if they had
 * been made.
 */
final class ClaimUndo {
    private boolean isUsedUp;
    private boolean isHandedOut;
    private boolean isCommitTried;

    /** The claim is refused for good. */
    void usedUp() {
        isUsedUp = true;
    }

    /** There is an answer that gives something for the claim. */
    void handedOut() {
        isHandedOut = true;
    }

    /** The transaction is to be committed. */
    void commitTried() {
        isCommitTried = true;
    }

    boolean isAllowed() {
        return !isUsedUp && (!isHandedOut || isCommitTried);
    }
}
