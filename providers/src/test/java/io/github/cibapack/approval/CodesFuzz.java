// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.request.ApprovalTerms;
import io.github.cibapack.request.MatchNumbers;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.usercode.UserCode;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;

/** Ids of requests, user codes, and what a page's form says. */
public final class CodesFuzz {
    private static final ApprovalTerms TYPED =
            new ApprovalTerms(
                    false, Optional.empty(), 15, Optional.of(new MatchNumbers("42", List.of())));

    private CodesFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        RequestIds.fromAuthReqId(text);
        RequestIds.keptAs(text).forEach(RequestIds::shown);
        RequestIds.code(text);
        UserCode.normalize(text);
        TwoDigits.of(text)
                .filter(digits -> digits.length() != 2)
                .ifPresent(
                        digits -> {
                            throw new AssertionError("not two digits");
                        });
        for (String field : List.of(DecisionForm.DECISION_FIELD, DecisionForm.NUMBER_FIELD)) {
            MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
            form.putSingle(field, text);
            DecisionForm.of(form, TYPED);
            DecisionForm.of(form, ApprovalTerms.NONE);
        }
    }
}
