// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.Login;
import java.util.Optional;

/** Whether the person at the page may decide the request. */
sealed interface DecisionRight {

    /** May decide; with the login that this rests on, if the terms ask for one. */
    record MayDecide(Optional<Login> login) implements DecisionRight {}

    /** Is not signed in, or not recently or not well enough. */
    record MustSignIn() implements DecisionRight {}

    /** Is signed in as somebody else. */
    record IsSomebodyElse() implements DecisionRight {}
}
