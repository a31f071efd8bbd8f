// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.policy.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule with a setting that cannot be, as after a downgrade. */
class BrokenRuleTest {
    private static final Logger LOG = Logger.getLogger(OneTimeResource.class.getName());

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord message) {
                    logged.add(message);
                }

                @Override
                public void flush() {
                    // keeps nothing back
                }

                @Override
                public void close() {
                    // holds nothing
                }
            };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(handler);
    }

    static Stream<Throwable> failures() {
        InvalidSettingException broken = new InvalidSettingException("mode", "must be one of");
        return Stream.of(broken, new CompletionException(broken));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void nothingPassesAndTheCallerIsNotToldWhy(Throwable failure) {
        GatewayAnswer answer = OneTimeResource.failed(failure, "payments", "id-1");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("server_error", "id-1").doesNotContain("mode");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void oneLineOfTheLogNamesRuleAndSetting(Throwable failure) {
        OneTimeResource.failed(failure, "payments", "id-1");

        assertThat(logged)
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(new SimpleFormatter().formatMessage(line))
                                    .contains("'payments'", "'mode'", "id-1");
                            assertThat(line.getThrown()).isNull();
                        });
    }

    @Test
    void otherFailuresAreErrorsWithTheirPlace() {
        GatewayAnswer answer =
                OneTimeResource.failed(new IllegalStateException(), "payments", "id-1");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(logged).singleElement().extracting(LogRecord::getThrown).isNotNull();
    }
}
