// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;

/**
 * Number matching: the relying party's screen shows one number; the page offers three, or has it
 * typed. They are drawn once for a request, so that a reload tells nothing about which one is
 * right.
 *
 * @param shown the number on the relying party's screen
 * @param offered what the page offers, in its order; empty if the number is typed
 */
public record MatchNumbers(String shown, List<String> offered) {
    private static final int LEAST = 10;
    private static final int END = 100;
    private static final int CHOICES = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    public MatchNumbers {
        offered = List.copyOf(offered);
    }

    /** One number of two digits, to be typed. */
    public static MatchNumbers drawToType() {
        return new MatchNumbers(Integer.toString(RANDOM.nextInt(LEAST, END)), List.of());
    }

    /** Three different numbers of two digits; each of them is the right one equally often. */
    public static MatchNumbers drawToPick() {
        List<String> offered =
                RANDOM.ints(LEAST, END)
                        .distinct()
                        .limit(CHOICES)
                        .mapToObj(Integer::toString)
                        .toList();
        return new MatchNumbers(offered.get(RANDOM.nextInt(CHOICES)), offered);
    }

    /** Whether the page offers nothing and the person types the number. */
    public boolean isTyped() {
        return offered.isEmpty();
    }

    /** Whether a person has given the number that the relying party shows. */
    public boolean isRight(String given) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    String toNote() {
        return isTyped() ? shown : shown + " " + String.join(" ", offered);
    }

    static MatchNumbers of(String note) {
        List<String> numbers = List.of(note.split(" "));
        return new MatchNumbers(numbers.get(0), numbers.subList(1, numbers.size()));
    }

    /** Never prints a number. */
    @Override
    public String toString() {
        return "MatchNumbers";
    }
}
