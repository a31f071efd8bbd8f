// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the relying party speaks of another device than the one that has opened the page. */
class RequestContextTest {

    private static final String BROWSER = "Browser/1";

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "2001:db8::1, 2001:db8:0::0:1",
        "::ffff:192.0.2.1, 192.0.2.1"
    })
    void oneAddressInTwoSpellingsIsOneAddress(String told, String seen) {
        assertThat(context("{\"address\":\"" + told + "\"}").differsFrom(seen, BROWSER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2",
        "2001:db8::1, 2001:db8::2",
        "localhost, 127.0.0.1",
        "not:an:address, 192.0.2.1"
    })
    void anotherAddressIsAnotherDevice(String told, String seen) {
        assertThat(context("{\"address\":\"" + told + "\"}").differsFrom(seen, BROWSER)).isTrue();
    }

    @Test
    void eitherOfTheTwoMakesTheDifference() {
        String both = "{\"address\":\"192.0.2.1\",\"user_agent\":\"%s\"}";

        assertThat(context(both.formatted(BROWSER)).differsFrom("192.0.2.1", BROWSER)).isFalse();
        assertThat(context(both.formatted("Other")).differsFrom("192.0.2.1", BROWSER)).isTrue();
        assertThat(context(both.formatted(BROWSER)).differsFrom("192.0.2.9", BROWSER)).isTrue();
        assertThat(context(both.formatted(BROWSER)).differsFrom("192.0.2.1", null)).isTrue();
    }

    @Test
    void whoSaysNothingSaysNoDifference() {
        assertThat(RequestContext.NONE.differsFrom("192.0.2.1", BROWSER)).isFalse();
        assertThat(context("{\"place\":\"Kufstein\"}").differsFrom("192.0.2.1", BROWSER)).isFalse();
    }

    private static RequestContext context(String json) {
        return RequestContext.parse(json).orElseThrow();
    }
}
