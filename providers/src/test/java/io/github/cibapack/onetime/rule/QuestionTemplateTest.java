// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTemplateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Approve ${method} ${path}${query}",
                "${method} to ${host} of ${header.X-Amount}",
                "Send ${header.X-Amount} to ${header.X-Payee}",
                "Just this"
            })
    void templateWhoseQuestionsCanBeShownIsTaken(String template) {
        assertThat(QuestionTemplate.of(template).fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Send ${header.X_Amount}",
                "Send ${amount}",
                "Send ${",
                "Send  ${header.X-Amount}",
                " ${path}",
                "${path} ",
                "a\u200Bb ${path}",
                "${header.X-Amount}${header.X-Payee}",
                "${header.X-Amount}${query}",
                "${host}${host}"
            })
    void anyOtherIsRefusedWhenItIsSaved(String template) {
        assertThat(QuestionTemplate.of(template).fault()).isPresent();
    }

    @Test
    void readingsAreCountedInNoTimeForTheWorstOfTemplates() {
        QuestionTemplate template = QuestionTemplate.of("${path}".repeat(36));

        assertThat(template.isClear("/".repeat(256))).isFalse();
    }
}
