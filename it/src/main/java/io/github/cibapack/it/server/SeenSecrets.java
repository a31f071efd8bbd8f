// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every link, ticket, token, secret and address that passed through the harness in this run. The
 * harness adds what it sees; the test that reads the server's whole log asks whether any of it
 * stands there, so no test has to remember what to look for.
 */
public final class SeenSecrets {

    /** Shorter values would be found by chance. */
    private static final int SHORTEST = 8;

    private static final Set<String> VALUES = ConcurrentHashMap.newKeySet();
    private static final Set<String> PUBLIC_NAMES = ConcurrentHashMap.newKeySet();

    private SeenSecrets() {}

    /** Notes a value; an empty or very short one is left out. */
    public static void add(String value) {
        if (value.length() >= SHORTEST) {
            VALUES.add(value);
        }
    }

    /** Notes a name that anybody may read, though a secret may stand in it by chance. */
    public static void addPublicName(String name) {
        PUBLIC_NAMES.add(name);
    }

    /** How many values were noted: a log scan that looks for nothing proves nothing. */
    public static int count() {
        return VALUES.size();
    }

    /** The noted values that stand in this text. */
    public static List<String> foundIn(String text) {
        String withoutNames = text;
        for (String name : PUBLIC_NAMES) {
            if (VALUES.stream().anyMatch(name::contains)) {
                withoutNames = withoutNames.replace(name, "");
            }
        }
        return found(withoutNames);
    }

    /** One pass, however many values there are: each place is looked up by how a value begins. */
    private static List<String> found(String text) {
        Map<String, List<String>> byBeginning =
                VALUES.stream().collect(groupingBy(value -> value.substring(0, SHORTEST)));
        Set<String> found = new TreeSet<>();
        for (int at = 0; at <= text.length() - SHORTEST; at++) {
            List<String> values = byBeginning.get(text.substring(at, at + SHORTEST));
            if (values != null) {
                for (String value : values) {
                    if (text.startsWith(value, at)) {
                        found.add(value);
                    }
                }
            }
        }
        return List.copyOf(found);
    }
}
