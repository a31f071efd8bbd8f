// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.store.MatchNumbers;
import io.github.cibapack.store.RequestStore;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The number that the relying party shows, where the request's terms ask for one. */
public final class NumberToShow {

    /** Its name in the acknowledgement, beside those of CIBA Core §7.3. */
    public static final String PARAMETER = "match_code";

    private NumberToShow() {}

    static Optional<String> of(KeycloakSession session, String requestId) {
        return new RequestStore(session)
                .ticketOf(requestId)
                .flatMap(ticket -> ticket.terms().numbers())
                .map(MatchNumbers::shown);
    }
}
