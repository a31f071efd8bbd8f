// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimUndoTest {
    private final ClaimUndo undo = new ClaimUndo();

    @BeforeEach
    void begin() {
        undo.begin();
    }

    @Test
    void claimOfATransactionThatFailedBeforeTokensIsUndone() {
        undo.rollback();

        assertThat(undo.isAllowed()).isTrue();
    }

    @Test
    void claimWhoseCommitFailedIsUndone() {
        undo.handedOut();
        undo.commit();

        assertThat(undo.isAllowed()).isTrue();
    }

    /** The answer leaves: a listener of the event may have marked the transaction, say. */
    @Test
    void claimOfATransactionThatIsRolledBackWithoutAWordStaysUsedUpOnceThereAreTokens() {
        undo.handedOut();
        undo.rollback();

        assertThat(undo.isAllowed()).isFalse();
    }

    @Test
    void claimThatWasRefusedStaysUsedUp() {
        undo.usedUp();
        undo.commit();

        assertThat(undo.isAllowed()).isFalse();
    }
}
