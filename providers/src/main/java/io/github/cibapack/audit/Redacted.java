// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.Optional;

/**
 * A failure as the log may show it: classes and places of the whole chain, without the words of
 * classes that are not the pack's, which may hold addresses and URLs.
 */
public final class Redacted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String OWN = "io.github.cibapack.";

    private Redacted(String text, Throwable cause) {
        super(text, cause);
    }

    /** The same failure, fit for the log. */
    public static Redacted of(Throwable failure) {
        String name = failure.getClass().getName();
        String text = name.startsWith(OWN) ? name + ": " + failure.getMessage() : name;
        Redacted redacted =
                new Redacted(
                        text,
                        Optional.ofNullable(failure.getCause()).map(Redacted::of).orElse(null));
        redacted.setStackTrace(failure.getStackTrace());
        return redacted;
    }
}
