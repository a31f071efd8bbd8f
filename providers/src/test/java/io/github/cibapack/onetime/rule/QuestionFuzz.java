// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import io.github.cibapack.fuzz.FuzzInput;

/** A text from outside against the question of a rule, of the length that a question has. */
public final class QuestionFuzz {
    private static final int LONGEST = 256;
    private static final QuestionTemplate TEMPLATE =
            QuestionTemplate.of(
                    "${method} ${path}${query} for ${header.X-To}: ${body:/a} to ${host}");

    private QuestionFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        String question = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        TEMPLATE.isClear(question);
    }
}
