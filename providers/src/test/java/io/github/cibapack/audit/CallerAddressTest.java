// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody writes more than an address into the place where the person reads one. */
class CallerAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "203.0.113.254",
                "::1",
                "2001:db8:0:0:0:0:0:7",
                "::ffff:203.0.113.7",
                "0000:0000:0000:0000:0000:ffff:203.113.113.113",
                "fe80::1%eth0"
            })
    void addressIsTakenAsItIs(String address) {
        assertThat(CallerAddress.orUnknown(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "203.0.113.7 (your bank)",
                "\u202E1.2.3.4",
                "1.2.3.4\n",
                "your-bank.example",
                "_hidden",
                "unknown",
                "0000000000000000000000000000000000000000000000000000"
            })
    void anythingElseIsUnknown(String text) {
        assertThat(CallerAddress.orUnknown(text)).isEqualTo("unknown");
    }
}
