// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Number matching: the relying party's screen shows one number, the page offers three. They are
 * drawn once for a request, so that a reload tells nothing about which one is right.
 *
 * @param shown the number on the relying party's screen
 * @param offered what the page offers, in its order
 */
public record MatchNumbers(String shown, List<String> offered) {
    private static final int LEAST = 10;
    private static final int BOUND = 90;
    private static final int CHOICES = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    public MatchNumbers {
        offered = List.copyOf(offered);
    }

    /** Three different numbers of two digits, one of them the right one. */
    public static MatchNumbers draw() {
        Set<String> drawn = new LinkedHashSet<>();
        while (drawn.size() < CHOICES) {
            drawn.add(Integer.toString(LEAST + RANDOM.nextInt(BOUND)));
        }
        List<String> offered = new ArrayList<>(drawn);
        return new MatchNumbers(offered.get(RANDOM.nextInt(CHOICES)), offered);
    }

    /** Whether a person has picked the number that the relying party shows. */
    public boolean isRight(String picked) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), picked.getBytes(StandardCharsets.UTF_8));
    }

    String toNote() {
        return shown + " " + String.join(" ", offered);
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
