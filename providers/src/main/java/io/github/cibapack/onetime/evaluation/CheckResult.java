// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.GrantedApproval;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import java.util.Optional;

/** What becomes of a request. */
public sealed interface CheckResult {

    /**
     * It passes.
     *
     * @param approval what the user approved; empty if no approval is needed
     */
    record Passed(Optional<GrantedApproval> approval) implements CheckResult {}

    /**
     * The user has not decided.
     *
     * @param id of the transaction, for the caller
     */
    record Pending(String id, OneTimeTransaction transaction) implements CheckResult {}

    /** It does not pass. */
    record Rejected(RejectionReason why) implements CheckResult {}

    /** Nobody can say: it does not pass. */
    record Refused(RefusedCheckException why) implements CheckResult {}
}
