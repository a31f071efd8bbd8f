// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.UserCodeTries.Try;
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
            assertThat(tries.take()).isEqualTo(new Try.Allowed());
        }
    }

    @Test
    void fiveTriesAreAllowedAndThenNone() {
        tryAll();
        assertThat(tries.take()).isEqualTo(new Try.Blocked(0));
        assertThat(of("other").take()).isEqualTo(new Try.Allowed());
    }

    @Test
    void blockLastsFromTheLastTry() {
        for (int i = 1; i < UserCodeTries.TRIES; i++) {
            tries.take();
        }
        Time.setOffset(UserCodeTries.BLOCK_SECONDS - 10);
        tries.take();
        Time.setOffset(UserCodeTries.BLOCK_SECONDS + 10);
        assertThat(tries.take()).isEqualTo(new Try.Blocked(0));
        Time.setOffset(2 * UserCodeTries.BLOCK_SECONDS);
        assertThat(tries.take()).isEqualTo(new Try.Allowed());
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
        assertThat(tries.take()).isEqualTo(new Try.Blocked(1234));
        tries.took(Long.MAX_VALUE);
        assertThat(tries.take()).isEqualTo(new Try.Blocked(2_000_000_000));
    }
}
