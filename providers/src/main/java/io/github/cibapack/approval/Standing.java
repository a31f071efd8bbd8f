// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Login;
import java.util.Optional;

/** Whether the person at the page may decide the request. */
sealed interface Standing {

    /** May decide; with the login that this rests on, where the terms ask for one. */
    record MayDecide(Optional<Login> login) implements Standing {}

    /** Is not signed in, or not recently or not well enough. */
    record MustSignIn() implements Standing {}

    /** Is signed in as somebody else. */
    record IsSomebodyElse() implements Standing {}
}
