// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import java.text.Normalizer;
import java.util.Optional;

/** The form of a user code: 4 to 64 visible characters or spaces, normalized. */
public final class UserCode {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 64;

    private UserCode() {}

    /** The normalized code that is hashed; empty if it is not a valid code. */
    public static Optional<String> normalize(String raw) {
        if (raw == null || raw.length() > 2 * LONGEST) {
            return Optional.empty();
        }
        String code = Normalizer.normalize(raw, Normalizer.Form.NFKC).strip();
        int length = code.codePointCount(0, code.length());
        boolean allowed =
                length >= SHORTEST
                        && length <= LONGEST
                        && code.codePoints().noneMatch(Character::isISOControl);
        return allowed ? Optional.of(code) : Optional.empty();
    }
}
