// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.rp.Answer;

/** The form that every answer of the documented endpoints has. */
final class Documented {

    static final String UUID_FORM = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private static final String CORRELATION_HEADER = "X-Correlation-ID";

    private Documented() {}

    /** Any answer: JSON that nobody caches, with the server's correlation id. */
    static void assertForm(Answer answer) {
        assertThat(answer.header("Content-Type")).as(answer.body()).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(correlationId(answer)).matches(UUID_FORM);
    }

    /** An error: nothing but the code and a sentence that ends with the correlation id. */
    static void assertRefusal(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertForm(answer);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("error", "error_description");
        assertThat(answer.errorDescription())
                .endsWith(". (Correlation ID: " + correlationId(answer) + ")")
                .hasSizeGreaterThan("(Correlation ID: )".length() + 36 + 10);
    }

    /** The sentence for the developer, without what differs from answer to answer. */
    static String sentence(Answer answer) {
        return answer.errorDescription().replaceFirst(" \\(Correlation ID: [^)]*\\)$", "");
    }

    static String correlationId(Answer answer) {
        return answer.header(CORRELATION_HEADER);
    }
}
