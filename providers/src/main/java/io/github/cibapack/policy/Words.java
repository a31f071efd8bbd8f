// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A closed list of what a setting can say.
 *
 * @param all how each is written
 * @param meanings what each means, in the same order
 */
record Words<E>(List<String> all, List<E> meanings) {

    static <E> Words<E> of(List<E> meanings, Function<E, String> word) {
        return new Words<>(meanings.stream().map(word).toList(), meanings);
    }

    /** Enum constants, written in lower case or by their names in a protocol. */
    static <E extends Enum<E>> Words<E> of(Class<E> type) {
        return of(List.of(type.getEnumConstants()), Words::written);
    }

    E meaning(String word) {
        int index = all.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException("must be one of " + this);
        }
        return meanings.get(index);
    }

    /** What words mean that are separated by commas, in their order and each once. */
    List<E> meanings(List<String> values) {
        return values.stream().flatMap(Words::split).map(this::meaning).distinct().toList();
    }

    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(",")).map(String::trim).filter(part -> !part.isEmpty());
    }

    /** A value as an admin would write it. */
    static String written(Object value) {
        if (value instanceof ProtocolName name) {
            return name.written();
        }
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(value);
    }

    @Override
    public String toString() {
        return String.join(", ", all);
    }
}
