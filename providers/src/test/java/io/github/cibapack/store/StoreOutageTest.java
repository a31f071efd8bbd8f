// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelException;

class StoreOutageTest {

    @ParameterizedTest
    @CsvSource({"40001, true", "40P01, true", "23505, false", "08006, false", ", false"})
    void transactionThatIsRolledBackForAnotherIsWorthASecondTry(String state, boolean expected) {
        Throwable failure = new IllegalStateException(new SQLException("said so", state));

        assertThat(StoreOutage.isDeadlock(failure)).isEqualTo(expected);
        assertThat(StoreOutage.isCauseOf(failure)).isTrue();
    }

    /** As Keycloak says that a commit has failed. */
    @Test
    void connectionThatBreaksIsAnOutage() {
        ModelException failure =
                new ModelException("Database operation failed", new EOFException());

        assertThat(StoreOutage.isCauseOf(failure)).isTrue();
        assertThat(StoreOutage.isCauseOf(new IllegalStateException(failure))).isTrue();
        assertThat(StoreOutage.isCauseOf(new ModelException("Name exists"))).isFalse();
        assertThat(StoreOutage.isCauseOf(new UncheckedIOException(new EOFException()))).isFalse();
    }

    @Test
    void anotherFailureIsNone() {
        assertThat(StoreOutage.isDeadlock(new IllegalStateException())).isFalse();
        assertThat(StoreOutage.isCauseOf(new IllegalStateException())).isFalse();
    }
}
