// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.usercode;

import java.text.Normalizer;
import java.util.Optional;

/** What a user code may be: 4 to 64 visible characters or spaces, the same in every spelling. */
public final class UserCode {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 64;

    private UserCode() {}

    /** The code in the form in which it is hashed, or nothing where it can be none. */
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
