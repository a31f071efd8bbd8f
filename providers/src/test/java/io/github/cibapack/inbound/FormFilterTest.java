// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormFilterTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";charset=UTF-8",
                "; charset=\"utf-8\"",
                ";charset=US-ASCII",
                ";charset=ISO-8859-1"
            })
    void charsetsInWhichAsciiIsItselfAreRead(String parameter) {
        assertThat(FormFilter.areCharsetsRead(FORM + parameter)).isTrue();
    }

    /** In UTF-16 and UTF-32 the same bytes are other characters, halves of pairs among them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ";charset=utf-16",
                ";charset=UTF-32",
                ";charset=utf-8;charset=utf-16le",
                ";charset=nope",
                ";charset=",
                ";charset=x-utf-16le-bom",
                ";charset=IBM1047",
                ";charset=utf-8,x",
                ";charset=utf-8\"x"
            })
    void othersAreNot(String parameter) {
        assertThat(FormFilter.areCharsetsRead(FORM + parameter)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b%00", "a%00=b", "a=b&c=\0", "%00"})
    void formWithNulIsNotReadable(String form) {
        assertThat(FormFilter.isReadable(form)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b&c=%e2%82%ac",
                "a=%2500",
                "a=%01",
                "a=%f0%9f%98%80",
                "a=b&binding_message=%00&auth_req_id=%00&login_hint=%00"
            })
    void otherFormsAre(String form) {
        assertThat(FormFilter.isReadable(form)).isTrue();
    }
}
