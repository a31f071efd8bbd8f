// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.util.Optional;

/** The result of checking a text from outside: it can be shown whole, or it has a flaw. */
public sealed interface Reading {

    /**
     * Can be shown.
     *
     * @param whole the text that is shown and approved
     */
    record Shown(String whole) implements Reading {}

    /** Cannot be shown. */
    record Flawed(Flaw why) implements Reading {}

    /** The text; empty if it cannot be shown. */
    default Optional<String> text() {
        return this instanceof Shown shown ? Optional.of(shown.whole()) : Optional.empty();
    }

    /** The flaw; empty if the text can be shown. */
    default Optional<Flaw> flaw() {
        return this instanceof Flawed flawed ? Optional.of(flawed.why()) : Optional.empty();
    }
}
