// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.resource;

import io.github.cibapack.fuzz.FuzzInput;
import io.github.cibapack.text.UnfitException;

/** Resource indicators, one a line: what is taken, is the same when it is read again. */
public final class ResourceFuzz {
    private ResourceFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            ResourceIndicators read = ResourceIndicators.of(new FuzzInput(bytes).lines(7));
            if (!ResourceIndicators.accepted(read.serialized()).equals(read)) {
                throw new AssertionError("read again, they are others");
            }
        } catch (UnfitException e) {
            // refused as designed
        }
    }
}
