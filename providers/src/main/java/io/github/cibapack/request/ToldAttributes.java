// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Hashes;
import io.github.cibapack.text.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.models.UserModel;

/**
 * The attributes of a user that tell a server where the user is reached: a phone number, a chat id.
 * They must stay the same until the approval is used, as an e-mail address must.
 *
 * @param names of the attributes; no name has a comma
 * @param hash of their values
 */
public record ToldAttributes(List<String> names, String hash) {
    private static final int MOST_VALUES = 10;
    private static final int LONGEST_VALUE = 255;
    private static final String BETWEEN = ",";

    public ToldAttributes {
        names = List.copyOf(names);
    }

    /** As they are now; empty if the user has none of them. */
    public static Optional<ToldAttributes> of(UserModel user, Collection<String> names) {
        Map<String, TreeSet<String>> values = values(user, names);
        return values.values().stream().allMatch(Collection::isEmpty)
                ? Optional.empty()
                : Optional.of(new ToldAttributes(List.copyOf(names), hash(values)));
    }

    /** The values of attributes: those that no profile knows may be of any number and length. */
    public static Map<String, TreeSet<String>> values(UserModel user, Collection<String> names) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        names.forEach(name -> values.put(name, new TreeSet<>(values(user, name))));
        return values;
    }

    private static List<String> values(UserModel user, String name) {
        return user.getAttributeStream(name)
                .filter(value -> value != null && !value.isBlank())
                .filter(value -> value.length() <= LONGEST_VALUE)
                .sorted()
                .limit(MOST_VALUES)
                .toList();
    }

    /** Whether they are still the same. */
    boolean areStillOf(UserModel user) {
        return hash.equals(hash(values(user, names)));
    }

    private static String hash(Map<String, TreeSet<String>> values) {
        return Hashes.sha256(Json.write(values));
    }

    String serialized() {
        return hash + BETWEEN + String.join(BETWEEN, names);
    }

    static ToldAttributes parse(String serialized) {
        List<String> parts = List.of(serialized.split(BETWEEN));
        return new ToldAttributes(parts.subList(1, parts.size()), parts.get(0));
    }
}
