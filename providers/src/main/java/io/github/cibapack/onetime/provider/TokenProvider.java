// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import java.util.Optional;

/** Who asks the user: this realm, or another server that speaks CIBA. */
public interface TokenProvider {

    /** Where a transaction stands. */
    enum State {
        PENDING,
        APPROVED,
        DENIED,
        EXPIRED,
        /** Another check was first. */
        USED
    }

    /**
     * Asks the user.
     *
     * @return the transaction, not yet kept
     * @throws RefusedCheckException if nobody could be asked
     */
    OneTimeTransaction ask(GatewayCheck check);

    /**
     * Where a transaction stands.
     *
     * @throws RefusedCheckException if nobody can tell at the moment
     */
    State state(OneTimeTransaction transaction);

    /**
     * Redeems a transaction whose state was approved and whose one user the caller is.
     *
     * @return empty if it cannot be redeemed any more
     */
    Optional<GrantedApproval> redeem(OneTimeTransaction transaction);
}
