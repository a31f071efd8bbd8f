// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.ping;

import io.github.cibapack.outbound.OutboundAnswer;
import io.github.cibapack.outbound.OutboundException;
import java.util.Locale;

/** What came of one attempt (CIBA Core §10.2). */
sealed interface PingResult {

    /** The relying party has it. */
    record Delivered() implements PingResult {}

    /** The relying party will not have it: a redirect, or any 4xx. Trying again is no use. */
    record Refused(String reason) implements PingResult {}

    /** No connection, or the relying party is in trouble: it may work later. */
    record Later(String reason) implements PingResult {}

    int FIRST_SERVER_ERROR = 500;

    static PingResult of(OutboundAnswer answer) {
        if (answer.isSuccess()) {
            return new Delivered();
        }
        String reason = "status_" + answer.status();
        return answer.status() >= FIRST_SERVER_ERROR ? new Later(reason) : new Refused(reason);
    }

    static PingResult of(OutboundException e) {
        String reason = e.failure().name().toLowerCase(Locale.ROOT);
        return e.failure().isWorthRetrying() ? new Later(reason) : new Refused(reason);
    }
}
