// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.cibapack.approval.LoginTrial;
import io.github.cibapack.health.Contradiction;
import io.github.cibapack.health.RealmCheck;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/** What the start-up check would warn of in this realm, now. */
public final class ProblemsResource {
    private static final int MOST_CLIENTS = 1000;

    private final AdminCall call;

    ProblemsResource(AdminCall call) {
        this.call = call;
    }

    /**
     * What was found.
     *
     * @param problems the contradictions
     * @param complete false if the realm has more clients than were looked at
     */
    record Problems(List<Problem> problems, boolean complete) {}

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

    /** Looks through the realm and its CIBA clients. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Problems list() {
        call.permissions().requireView();
        RealmCheck.Findings found =
                new RealmCheck(call.realm(), new LoginTrial(call.session())::refusal)
                        .run(MOST_CLIENTS);
        return new Problems(
                found.contradictions().stream().map(Problem::of).toList(), found.isComplete());
    }
}
