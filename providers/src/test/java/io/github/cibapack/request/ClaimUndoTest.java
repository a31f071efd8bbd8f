// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimUndoTest {
    private final ClaimUndo undo = new ClaimUndo();

    @Test
    void claimOfATransactionThatFailedBeforeTokensIsUndone() {
        assertThat(undo.isAllowed()).isTrue();
    }

    @Test
    void claimWhoseCommitFailedIsUndone() {
        undo.handedOut();
        undo.commitTried();

        assertThat(undo.isAllowed()).isTrue();
    }

    /** The answer leaves: a listener of the event may have marked the transaction, say. */
    @Test
    void claimOfATransactionThatIsRolledBackWithoutAWordStaysUsedUpOnceThereAreTokens() {
        undo.handedOut();

        assertThat(undo.isAllowed()).isFalse();
    }

    @Test
    void claimThatWasRefusedStaysUsedUp() {
        undo.usedUp();
        undo.commitTried();

        assertThat(undo.isAllowed()).isFalse();
    }
}
