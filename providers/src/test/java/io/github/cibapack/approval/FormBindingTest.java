// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FormBindingTest {
    private static final FormBinding LINK = FormBinding.toLink("a-secret");

    @Test
    void textIsGoodForItsOwnLinkAndUseOnly() {
        String text = LINK.mac("page", "one");

        assertThat(FormBinding.toLink("a-secret").isMac(text, "page", "one")).isTrue();
        assertThat(
                        Stream.of(
                                LINK.isMac(text, "page", "two"),
                                LINK.isMac(text, "press", "one"),
                                LINK.isMac(text, "page"),
                                LINK.isMac(text + "A", "page", "one"),
                                LINK.isMac("", "page", "one"),
                                LINK.and("revoke").isMac(text, "page", "one"),
                                FormBinding.toLink("another").isMac(text, "page", "one")))
                .containsOnly(false);
    }

    @Test
    void textSaysNothingOfTheLink() {
        assertThat(LINK.mac("page")).hasSize(43).doesNotContain("a-secret");
    }

    @Test
    void furtherBindingIsNotMistakenForAPart() {
        assertThat(List.of(LINK.and("page").mac("one"), LINK.mac("page", "one")))
                .doesNotHaveDuplicates();
    }
}
