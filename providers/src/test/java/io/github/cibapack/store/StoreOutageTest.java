// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreOutageTest {

    @ParameterizedTest
    @CsvSource({"40001, true", "40P01, true", "23505, false", "08006, false", ", false"})
    void transactionThatIsRolledBackForAnotherIsWorthASecondTry(String state, boolean expected) {
        Throwable failure = new IllegalStateException(new SQLException("said so", state));

        assertThat(StoreOutage.isDeadlock(failure)).isEqualTo(expected);
        assertThat(StoreOutage.isCauseOf(failure)).isTrue();
    }

    @Test
    void anotherFailureIsNone() {
        assertThat(StoreOutage.isDeadlock(new IllegalStateException())).isFalse();
        assertThat(StoreOutage.isCauseOf(new IllegalStateException())).isFalse();
    }
}
