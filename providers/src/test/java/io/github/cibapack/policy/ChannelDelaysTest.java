// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the channels of a policy are used, as an admin writes it. */
class ChannelDelaysTest {

    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll @IntRange(min = 1, max = 3600) int email,
            @ForAll @IntRange(min = 1, max = 3600) int http) {
        ChannelDelays delays = parsed("email=" + email + ",http=" + http);

        assertThat(delays.of(ChannelType.of("email"))).contains(email);
        assertThat(delays.of(ChannelType.of("inbox"))).isEmpty();
        assertThat(parsed(delays.toString()).toString()).isEqualTo(delays.toString());
    }

    @Test
    void spacesMeanNothing() {
        assertThat(parsed(" email = 30 , http = 60 ").toString()).isEqualTo("email=30,http=60");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "email=",
                "=30",
                "email=0",
                "email=3601",
                "email=-1",
                "email=1.5",
                "email=30s",
                "email=30,",
                "pigeon=30",
                "EMAIL=30",
                "email=30=40",
                "email=3,email=4"
            })
    void whatIsNoDelayIsRefused(String written) {
        assertThatThrownBy(() -> parsed(written)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook,email | email=30",
                "webhook,email,inbox | email=30",
                "webhook,email,http | email=30,http=60",
                "inbox,email | email=30",
                "email,http | http=5"
            })
    void delaysOfLaterChannelsThatGrowFit(String channels, String delays) {
        assertThat(flaw(channels, delays)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email,inbox | email=30 | at once",
                "webhook,inbox | email=30 | email is none",
                "webhook,email,http | email=60,http=30 | grow",
                "webhook,email,http | email=30,http=30 | grow",
                "http,email | email=30 | no page"
            })
    void delaysThatCannotBeKeptAreRefused(String channels, String delays, String why) {
        assertThat(flaw(channels, delays))
                .hasValueSatisfying(rule -> assertThat(rule).contains(why));
    }

    private static Optional<String> flaw(String channels, String delays) {
        return parsed(delays)
                .flaw(Arrays.stream(channels.split(",")).map(ChannelType::of).toList());
    }

    private static ChannelDelays parsed(String written) {
        return ChannelDelays.parse(List.of(written));
    }
}
