// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import io.github.cibapack.fuzz.FuzzInput;
import java.util.List;

/** The header {@code Idempotency-Key}, and the parameters that are numbers or lists. */
public final class IdempotencyKeyFuzz {
    private IdempotencyKeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).octets();
        refusable(() -> IdempotencyKey.parse(List.of(text)));
        refusable(() -> SentParameters.requireNumber("max_age", text));
        SentParameters.folded(text);
    }

    private static void refusable(Runnable read) {
        try {
            read.run();
        } catch (CibaErrorException e) {
            // refused as designed
        }
    }
}
