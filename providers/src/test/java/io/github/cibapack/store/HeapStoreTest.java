// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;
import org.keycloak.models.SingleUseObjectProvider;

class HeapStoreTest {

    @AfterEach
    void setTheClockRight() {
        Time.setOffset(0);
    }

    /** The same contract as {@code SingleUseStoreIT} holds the real store to. */
    @Test
    void keepsTheContract() {
        SingleUseObjectProvider memory = new HeapStore();

        assertThat(
                        SingleUseContract.brokenBy(
                                new SingleUseContract.Store() {
                                    @Override
                                    public <T> T call(Function<SingleUseObjectProvider, T> call) {
                                        return call.apply(memory);
                                    }

                                    @Override
                                    public void pass(int seconds) {
                                        Time.setOffset(Time.getOffset() + seconds);
                                    }
                                },
                                "memory"))
                .isEmpty();
    }

    /** A contract that nothing can break would prove nothing. */
    @Test
    void contractNoticesAStoreThatForgets() {
        assertThat(
                        SingleUseContract.brokenBy(
                                new SingleUseContract.Store() {
                                    @Override
                                    public <T> T call(Function<SingleUseObjectProvider, T> call) {
                                        return call.apply(new HeapStore());
                                    }

                                    @Override
                                    public void pass(int seconds) {
                                        Time.setOffset(Time.getOffset() + seconds);
                                    }
                                },
                                "forgetful"))
                .isNotEmpty();
    }
}
