// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Optional;

/** A text from outside, read: it can be shown whole, or it has a flaw. */
public sealed interface Reading {

    /**
     * Can be shown.
     *
     * @param whole what is shown, and what an approval is for
     */
    record Shown(String whole) implements Reading {}

    /** Cannot be shown. */
    record Flawed(Flaw why) implements Reading {}

    /** The text; empty where it cannot be shown. */
    default Optional<String> text() {
        return this instanceof Shown shown ? Optional.of(shown.whole()) : Optional.empty();
    }

    /** What is wrong with it; empty where it can be shown. */
    default Optional<Flaw> flaw() {
        return this instanceof Flawed flawed ? Optional.of(flawed.why()) : Optional.empty();
    }
}
