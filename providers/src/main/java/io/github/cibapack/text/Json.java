// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.util.JsonSerialization;

/** Own values as JSON, and back: what fails here is an error of the pack's own. */
public final class Json {

    private Json() {}

    public static String write(Object value) {
        try {
            return JsonSerialization.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The members that a class of Keycloak's has as JSON: read off the class, so that one that a
     * later version adds is among them.
     */
    public static Set<String> membersOf(Class<?> type) {
        ObjectMapper mapper = JsonSerialization.mapper;
        return mapper
                .getSerializationConfig()
                .introspect(mapper.constructType(type))
                .findProperties()
                .stream()
                .map(BeanPropertyDefinition::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads what {@link #write} has written. */
    public static <T> T read(String written, Class<T> type) {
        try {
            return JsonSerialization.readValue(written, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a map of texts that {@link #write} has written. */
    public static Map<String, String> readTexts(String written) {
        try {
            return JsonSerialization.readValue(written, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
