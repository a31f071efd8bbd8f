// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<b></b>",
                "<b> </b>",
                "<p>&nbsp;</p>",
                "&#160;",
                "&#8203;",
                "&#x200b;&#X2800",
                "<!-- Acme -->",
                "<style>p { color: red }</style>",
                "<br>",
                "&shy;\u200B"
            })
    void htmlThatShowsNothingIsNoName(String html) {
        assertThat(RealmName.showsSomething(html)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme",
                "<b>Acme</b>",
                "&amp;",
                "&lt;",
                "&#65;",
                "<img src='logo.png'>",
                "<div class=\"kc-logo-text\"></div>"
            })
    void anythingElseIs(String html) {
        assertThat(RealmName.showsSomething(html)).isTrue();
    }
}
