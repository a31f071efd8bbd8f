// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.onetime.gateway.Original;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionTest {

    @Test
    void messageIsFilledFromTheRequest() {
        assertThat(
                        question("/transfers?x=1", Map.of("X-Amount", "50 EUR"))
                                .message(
                                        "${method} ${path} on ${host}: ${header.X-Amount}"
                                                + "${header.X-None}"))
                .isEqualTo("POST /transfers on api.example: 50 EUR");
    }

    @Test
    void whatComesFromOutsideIsNeverAVariable() {
        assertThat(
                        question("/", Map.of("X-Amount", "${host} $1 \\1"))
                                .message("${header.X-Amount}"))
                .isEqualTo("${host} $1 \\1");
    }

    @Test
    void messageHasOneVisibleLine() {
        assertThat(
                        question("/", Map.of("X-Amount", "a\r\nb\u202Ec\u200Bd"))
                                .message("${header.X-Amount}"))
                .isEqualTo("a b c d");
    }

    @Test
    void longMessageIsCutAndSaysSo() {
        String message = question("/" + "a".repeat(500), Map.of()).message("${path}");

        assertThat(message.codePointCount(0, message.length())).isEqualTo(256);
        assertThat(message).endsWith("…");
    }

    @Test
    void queryCanBeShown() {
        assertThat(question("/transfers?amount=50", Map.of()).message("${path}${query}"))
                .isEqualTo("/transfers?amount=50");
    }

    @Test
    void whereTheRequestLeavesNothingToReadMethodAndPathAre() {
        assertThat(question("/transfers", Map.of()).message("${header.X-Amount}"))
                .isEqualTo("POST /transfers");
    }

    @Test
    void textThatWouldBeNoBindingMessageGivesWayToMethodAndPath() {
        assertThat(
                        question("/transfers", Map.of("X-Amount", "50\u2800EUR"))
                                .message("${header.X-Amount}"))
                .isEqualTo("POST /transfers");
    }

    @Test
    void whatIsCutIsStillPartOfTheWhole() {
        assertThat(question("/" + "a".repeat(500), Map.of()).whole("${path}")).hasSize(501);
    }

    private static Question question(String uri, Map<String, String> headers) {
        return new Question(
                new Original("POST", "https", "api.example", uri, Optional.empty(), headers::get));
    }
}
