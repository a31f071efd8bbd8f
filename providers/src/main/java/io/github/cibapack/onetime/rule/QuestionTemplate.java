// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.rule;

import com.fasterxml.jackson.core.JsonPointer;
import io.github.cibapack.intake.BindingMessage;
import io.github.cibapack.text.Flaw;
import io.github.cibapack.text.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The question of a rule with its variables, in parts. Two requests must never make the same
 * question: one that can be taken apart in two ways is not {@linkplain #isClear clear}.
 */
public final class QuestionTemplate {
    private static final Pattern VARIABLE =
            Pattern.compile(
                    "\\$\\{(method|host|path|query|header\\.([A-Za-z0-9-]{1,64})"
                            + "|body:(/[^}\\p{Cc}]{1,200}))}");

    /** What begins a variable, and nothing else. */
    private static final String OPENING = "${";

    private static final int TWO = 2;

    private final List<QuestionPart> parts;

    private QuestionTemplate(List<QuestionPart> parts) {
        this.parts = parts;
    }

    public static QuestionTemplate of(String text) {
        List<QuestionPart> parts = new ArrayList<>();
        Matcher variable = VARIABLE.matcher(text);
        int end = 0;
        while (variable.find()) {
            parts.add(new QuestionPart.Words(text.substring(end, variable.start())));
            parts.add(part(variable));
            end = variable.end();
        }
        parts.add(new QuestionPart.Words(text.substring(end)));
        return new QuestionTemplate(parts);
    }

    private static QuestionPart part(Matcher variable) {
        if (variable.group(2) != null) {
            return new QuestionPart.Header(variable.group(2));
        }
        return variable.group(3) != null
                ? new QuestionPart.Body(JsonPointer.compile(variable.group(3)))
                : QuestionPart.Field.valueOf(variable.group(1).toUpperCase(Locale.ROOT));
    }

    public Set<JsonPointer> fields() {
        return parts.stream()
                .filter(QuestionPart.Body.class::isInstance)
                .map(part -> ((QuestionPart.Body) part).pointer())
                .collect(Collectors.toUnmodifiableSet());
    }

    public Set<String> headers() {
        return parts.stream()
                .filter(QuestionPart.Header.class::isInstance)
                .map(part -> ((QuestionPart.Header) part).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    public String filled(Function<QuestionPart, String> values) {
        return parts.stream().map(values).collect(Collectors.joining());
    }

    /**
     * Whether a question was made of these parts in one way only: the values of each can be read
     * off it. Otherwise "5 to bob to x" could be 5 for "bob to x", or "5 to bob" for x.
     */
    public boolean isClear(String question) {
        int[] ways = new int[question.length() + 1];
        ways[0] = 1;
        for (QuestionPart part : parts) {
            int[] next = new int[ways.length];
            for (int from = 0; from < ways.length; from++) {
                if (ways[from] > 0) {
                    for (int to : part.ends(question, from)) {
                        next[to] = Math.min(TWO, next[to] + ways[from]);
                    }
                }
            }
            ways = next;
        }
        return ways[question.length()] == 1;
    }

    /** What is wrong with the template, whatever the request; empty if nothing is. */
    public Optional<String> fault() {
        if (parts.stream()
                .anyMatch(
                        part ->
                                part instanceof QuestionPart.Words words
                                        && words.text().contains(OPENING))) {
            return Optional.of("'${' begins no variable");
        }
        String sample = filled(QuestionPart::sample);
        Optional<Flaw> flaw = ShownText.exactly(sample, BindingMessage.MAX_CODE_POINTS).flaw();
        if (flaw.isPresent()) {
            return Optional.of("with its variables filled in it " + flaw.get().words());
        }
        return isClear(sample)
                ? Optional.empty()
                : Optional.of(
                        "between two variables there must be something that tells them apart");
    }
}
