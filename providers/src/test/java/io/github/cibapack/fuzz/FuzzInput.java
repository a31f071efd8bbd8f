// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes from outside, in the forms in which parsers get them. */
public final class FuzzInput {
    private final byte[] bytes;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** As the server decodes a parameter: what is no UTF-8 is replaced. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As the server decodes a header or a path: each byte is a character. */
    public String octets() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The lines of the text, of which the last may have any length. */
    public List<String> lines(int most) {
        return List.of(text().split("\n", most));
    }

    /** A line of the octets, or another text if there are not so many. */
    public String line(int number, String otherwise) {
        String[] lines = octets().split("\n", number + 2);
        return number < lines.length ? lines[number] : otherwise;
    }
}
