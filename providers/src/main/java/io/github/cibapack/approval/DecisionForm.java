// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.MatchNumbers;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/** What the page's form says: one button, pressed once. */
sealed interface DecisionForm {

    /** {@code approve}, {@code deny} or {@code report}. */
    String DECISION_FIELD = "decision";

    /** The number picked or typed: approves if it is the right one. */
    String NUMBER_FIELD = "number";

    /**
     * A decision.
     *
     * @param field of the form that says it
     * @param value as the page writes it, whatever digits the person has typed
     * @param decision what it comes to
     */
    record Made(String field, String value, Decision decision) implements DecisionForm {}

    /** Something was typed that is no number of two digits: this is no try. */
    record NoNumber() implements DecisionForm {}

    /** The person does not confirm and wants to see the page as it was. */
    record Back() implements DecisionForm {}

    /** Nothing that the page's own form could say. */
    record Nothing() implements DecisionForm {}

    /** The choice of a form, under the terms of its request. */
    static DecisionForm of(MultivaluedMap<String, String> form, ApprovalTerms terms) {
        if (Press.isBack(form)) {
            return new Back();
        }
        List<String> decisions = form.getOrDefault(DECISION_FIELD, List.of());
        List<String> numbers = form.getOrDefault(NUMBER_FIELD, List.of());
        if (decisions.size() + numbers.size() != 1) {
            return new Nothing();
        }
        return numbers.isEmpty()
                ? decision(decisions.get(0), terms)
                : terms.numbers()
                        .map(match -> number(numbers.get(0), match))
                        .orElseGet(Nothing::new);
    }

    private static DecisionForm decision(String value, ApprovalTerms terms) {
        return switch (value) {
            case "approve" ->
                    terms.numbers().isEmpty()
                            ? new Made(DECISION_FIELD, value, Decision.APPROVED)
                            : new Nothing();
            case "deny" -> new Made(DECISION_FIELD, value, Decision.DENIED);
            case "report" -> new Made(DECISION_FIELD, value, Decision.REPORTED);
            default -> new Nothing();
        };
    }

    private static DecisionForm number(String text, MatchNumbers match) {
        Optional<String> number = TwoDigits.of(text);
        if (number.isEmpty()) {
            return match.isTyped() ? new NoNumber() : new Nothing();
        }
        return new Made(
                NUMBER_FIELD,
                number.get(),
                match.isRight(number.get()) ? Decision.APPROVED : Decision.WRONG_NUMBER);
    }
}
