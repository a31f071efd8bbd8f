// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.HintKind;
import java.util.List;
import java.util.stream.Collectors;

/** The hints that a policy lets a relying party use. */
final class AllowedHints {
    private AllowedHints() {}

    /**
     * Judges the kind of a request's hint; one of the server's own is always allowed.
     *
     * @throws CibaErrorException where the policy does not allow it; names what it allows
     */
    static void require(CibaPolicy policy, Hint hint) {
        hint.kind().parameter().ifPresent(kind -> require(policy, kind));
    }

    private static void require(CibaPolicy policy, HintKind kind) {
        List<HintKind> allowed = policy.get(CibaPolicyFactory.ALLOWED_HINTS);
        if (!allowed.contains(kind)) {
            throw new CibaErrorException(
                    CibaError.INVALID_REQUEST,
                    "A %s is not allowed for this request; allowed: %s."
                            .formatted(
                                    kind.parameter(),
                                    allowed.stream()
                                            .map(HintKind::parameter)
                                            .collect(Collectors.joining(", "))),
                    "hint_not_allowed");
        }
    }
}
