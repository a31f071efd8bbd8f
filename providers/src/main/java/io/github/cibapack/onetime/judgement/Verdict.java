// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.judgement;

import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.provider.Approval;
import io.github.cibapack.store.OneTimeTransaction;
import java.util.Optional;

/** What becomes of a request. */
public sealed interface Verdict {

    /**
     * It passes.
     *
     * @param approval what the user approved; empty where no approval is needed
     */
    record Passed(Optional<Approval> approval) implements Verdict {}

    /**
     * The user has not decided.
     *
     * @param id of the transaction, for the caller
     */
    record Pending(String id, OneTimeTransaction transaction) implements Verdict {}

    /** It does not pass. */
    record Rejected(Reason why) implements Verdict {}

    /** Nobody can say: it does not pass. */
    record Refused(RefusedCheckException why) implements Verdict {}
}
