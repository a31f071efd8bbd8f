// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.hint;

import io.github.cibapack.fuzz.FuzzInput;

/** The subject of a hint token, and a number in a hint. */
public final class SubjectIdentifierFuzz {
    private SubjectIdentifierFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new FuzzInput(bytes).text();
        SubjectIdentifier.parse(text);
        SubjectIdentifier.PhoneNumber.spelled(text);
    }
}
