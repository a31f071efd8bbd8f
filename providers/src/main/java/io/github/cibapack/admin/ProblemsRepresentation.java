// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.health.Contradiction;
import io.github.cibapack.health.RealmCheck;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a realm's settings.
 *
 * @param problems the contradictions
 * @param complete false if the realm has more clients than were looked at
 */
record ProblemsRepresentation(List<Problem> problems, boolean complete) {

    /**
     * A contradiction in the realm's settings.
     *
     * @param kind what it is, for programs
     * @param client the client id, if it concerns one
     * @param message a sentence for the admin
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(String kind, String client, String message) {
        private static Problem of(Contradiction found) {
            return new Problem(
                    found.kind().name().toLowerCase(Locale.ROOT),
                    found.client().orElse(null),
                    found.sentence());
        }
    }

    static ProblemsRepresentation of(RealmCheck.Findings found) {
        return new ProblemsRepresentation(
                found.contradictions().stream().map(Problem::of).toList(), found.isComplete());
    }
}
