// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.ApprovalTerms;
import io.github.cibapack.store.Decision;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/** What the page's form says: one button, pressed once. */
final class Choice {

    /** {@code approve}, {@code deny} or {@code report}. */
    private static final String DECISION_FIELD = "decision";

    /** The number picked: approves where it is the right one. */
    private static final String NUMBER_FIELD = "number";

    private Choice() {}

    /**
     * The decision of a form.
     *
     * @return nothing where the form says nothing, or more than one thing, or approves without the
     *     number that the terms ask for
     */
    static Optional<Decision> of(MultivaluedMap<String, String> form, ApprovalTerms terms) {
        List<String> decisions = form.getOrDefault(DECISION_FIELD, List.of());
        List<String> numbers = form.getOrDefault(NUMBER_FIELD, List.of());
        if (decisions.size() + numbers.size() != 1) {
            return Optional.empty();
        }
        return numbers.isEmpty()
                ? decision(decisions.get(0), terms)
                : terms.numbers()
                        .map(
                                match ->
                                        match.isRight(numbers.get(0))
                                                ? Decision.APPROVED
                                                : Decision.WRONG_NUMBER);
    }

    private static Optional<Decision> decision(String value, ApprovalTerms terms) {
        return switch (value) {
            case "approve" ->
                    terms.numbers().isEmpty() ? Optional.of(Decision.APPROVED) : Optional.empty();
            case "deny" -> Optional.of(Decision.DENIED);
            case "report" -> Optional.of(Decision.REPORTED);
            default -> Optional.empty();
        };
    }
}
