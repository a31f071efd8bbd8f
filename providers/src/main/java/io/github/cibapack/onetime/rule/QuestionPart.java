// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.List;

/** A part of a rule's question: words of the rule, or a value of the request. */
public sealed interface QuestionPart {

    /** Where this part of a question may end that begins at a place. */
    List<Integer> ends(String question, int from);

    /** A value as it usually is. */
    String sample();

    /** Words of the rule. */
    record Words(String text) implements QuestionPart {
        @Override
        public List<Integer> ends(String question, int from) {
            return question.startsWith(text, from) ? List.of(from + text.length()) : List.of();
        }

        @Override
        public String sample() {
            return text;
        }
    }

    /**
     * The value of a header: any text that is shown as it is, and so with no blank at its ends.
     *
     * @param name of the header
     */
    record Header(String name) implements QuestionPart {
        @Override
        public List<Integer> ends(String question, int from) {
            List<Integer> ends = new ArrayList<>();
            for (int to = from + 1; to <= question.length() && question.charAt(from) != ' '; to++) {
                if (question.charAt(to - 1) != ' ') {
                    ends.add(to);
                }
            }
            return ends;
        }

        @Override
        public String sample() {
            return "ab";
        }
    }

    /**
     * A field of a JSON body: as free as a header.
     *
     * @param pointer where it is (RFC 6901)
     */
    record Body(JsonPointer pointer) implements QuestionPart {
        @Override
        public List<Integer> ends(String question, int from) {
            return new Header("").ends(question, from);
        }

        @Override
        public String sample() {
            return new Header("").sample();
        }
    }

    /** Method or URL, which are visible ASCII. */
    enum Field implements QuestionPart {
        METHOD("POST"),
        HOST("api.example"),
        PATH("/a"),
        QUERY("?a=b");

        private final String sample;

        Field(String sample) {
            this.sample = sample;
        }

        @Override
        public List<Integer> ends(String question, int from) {
            List<Integer> ends = new ArrayList<>();
            if (this == QUERY) {
                // a request may have none
                ends.add(from);
            }
            int to = from;
            while (to < question.length() && mayHave(question.charAt(to), to == from)) {
                to++;
                ends.add(to);
            }
            return ends;
        }

        private boolean mayHave(char c, boolean first) {
            boolean seen = c > ' ' && c <= '~';
            return switch (this) {
                case METHOD -> c >= 'A' && c <= 'Z';
                case HOST -> seen && c != '/' && c != '?';
                case PATH -> first ? c == '/' : seen && c != '?';
                case QUERY -> first ? c == '?' : seen;
            };
        }

        @Override
        public String sample() {
            return sample;
        }
    }
}
