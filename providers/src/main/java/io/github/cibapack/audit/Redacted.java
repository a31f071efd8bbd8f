// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A failure as the log may show it: classes and places of the whole chain, without the messages of
 * classes outside the pack, which may hold addresses and URLs. Long stacks and chains are cut, so
 * that no caller can fill the log.
 */
public final class Redacted extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String OWN = "io.github.cibapack.";
    private static final int MOST_FRAMES = 25;
    private static final int MOST_CAUSES = 5;

    private Redacted(String text, Throwable cause) {
        super(text, cause);
    }

    /** The same failure, fit for the log. */
    public static Redacted of(Throwable failure) {
        Deque<Throwable> chain = new ArrayDeque<>();
        for (Throwable next = failure;
                next != null && chain.size() < MOST_CAUSES;
                next = next.getCause()) {
            chain.push(next);
        }
        Redacted redacted = null;
        for (Throwable next : chain) {
            redacted = new Redacted(text(next), redacted);
            StackTraceElement[] stack = next.getStackTrace();
            redacted.setStackTrace(Arrays.copyOf(stack, Math.min(stack.length, MOST_FRAMES)));
        }
        return redacted;
    }

    private static String text(Throwable failure) {
        String name = failure.getClass().getName();
        return name.startsWith(OWN)
                ? name + ": " + CibaEvents.fromOutside(failure.getMessage())
                : name;
    }
}
