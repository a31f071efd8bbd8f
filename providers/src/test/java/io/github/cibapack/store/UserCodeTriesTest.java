// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** Guessing a user code ends after a few tries. */
class UserCodeTriesTest {
    private final HeapStore store = new HeapStore();
    private final UserCodeTries tries = of("client");

    private UserCodeTries of(String client) {
        return new UserCodeTries(new NumberedSlots(store, "realm"), client, "user");
    }

    @AfterEach
    void backToNow() {
        Time.setOffset(0);
    }

    private void tryAll() {
        for (int i = 0; i < UserCodeTries.TRIES; i++) {
            assertThat(tries.takeOrBlock()).isEmpty();
        }
    }

    @Test
    void fiveTriesAreAllowedAndThenNone() {
        tryAll();
        assertThat(tries.takeOrBlock()).hasValue(0);
        assertThat(of("other").takeOrBlock()).isEmpty();
    }

    @Test
    void blockLastsFromTheLastTry() {
        for (int i = 1; i < UserCodeTries.TRIES; i++) {
            tries.takeOrBlock();
        }
        Time.setOffset(UserCodeTries.BLOCK_SECONDS - 10);
        tries.takeOrBlock();
        Time.setOffset(UserCodeTries.BLOCK_SECONDS + 10);
        assertThat(tries.takeOrBlock()).hasValue(0);
        Time.setOffset(2 * UserCodeTries.BLOCK_SECONDS);
        assertThat(tries.takeOrBlock()).isEmpty();
    }

    @Test
    void rightCodeGivesAllTriesBack() {
        tryAll();
        tries.giveBack();
        tryAll();
    }

    @Test
    void blockedTryTakesAsLongAsAWrongCodeDoes() {
        tryAll();
        tries.took(1234);
        assertThat(tries.takeOrBlock()).hasValue(1234);
        tries.took(Long.MAX_VALUE);
        assertThat(tries.takeOrBlock()).hasValue(2_000_000_000);
    }
}
