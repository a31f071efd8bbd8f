// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting of a component, declared once: key, label, help, type, default and range. The admin
 * console's fields, the validation, the typed access and the documentation all come from here.
 *
 * @param <T> the type in code
 */
public final class Setting<T> {

    /** What a name that a client may choose looks like. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private final String key;
    private final String label;
    private final String help;
    private final String type;
    private final String range;
    private final T fallback;
    private final List<String> options;
    private final Function<String, T> parser;

    private Setting(
            String key,
            String label,
            String help,
            String type,
            String range,
            T fallback,
            List<String> options,
            Function<String, T> parser) {
        this.key = key;
        this.label = label;
        this.help = help;
        this.type = type;
        this.range = range;
        this.fallback = fallback;
        this.options = options;
        this.parser = parser;
    }

    /** A whole number between two bounds, both included. */
    public static Setting<Integer> integer(
            String key, String label, String help, int fallback, int least, int most) {
        String range = least + "–" + most;
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.INTEGER_TYPE,
                range,
                fallback,
                List.of(),
                text -> wholeNumber(text, least, most, range));
    }

    /** A whole number between two bounds, or nothing. */
    public static Setting<Optional<Integer>> optionalInteger(
            String key, String label, String help, int least, int most) {
        String range = least + "–" + most;
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.INTEGER_TYPE,
                range,
                Optional.empty(),
                List.of(),
                text -> Optional.of(wholeNumber(text, least, most, range)));
    }

    /** On or off. */
    public static Setting<Boolean> flag(String key, String label, String help, boolean fallback) {
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.BOOLEAN_TYPE,
                "true, false",
                fallback,
                List.of(),
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException("must be true or false");
                        });
    }

    /** One of a closed list, given by an enum whose constants are written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(
            String key, String label, String help, Class<E> type, E fallback) {
        List<String> options =
                Arrays.stream(type.getEnumConstants()).map(Setting::written).toList();
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.LIST_TYPE,
                String.join(", ", options),
                fallback,
                options,
                text -> constant(type, options, text));
    }

    /** Several of a closed list, in order of preference, separated by commas. */
    public static <E extends Enum<E>> Setting<List<E>> choices(
            String key, String label, String help, Class<E> type, List<E> fallback) {
        List<String> options =
                Arrays.stream(type.getEnumConstants()).map(Setting::written).toList();
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.STRING_TYPE,
                "of " + String.join(", ", options) + "; comma-separated",
                fallback,
                List.of(),
                text -> split(text).map(part -> constant(type, options, part)).distinct().toList());
    }

    /** A free text with a pattern, or nothing. */
    public static Setting<Optional<String>> text(
            String key, String label, String help, Pattern pattern, String range) {
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.STRING_TYPE,
                range,
                Optional.empty(),
                List.of(),
                text -> {
                    if (!pattern.matcher(text).matches()) {
                        throw new IllegalArgumentException("must be " + range);
                    }
                    return Optional.of(text);
                });
    }

    /** A free text that the admin API never shows again, or nothing. */
    public static Setting<Optional<String>> secret(
            String key, String label, String help, int shortest) {
        String range = "at least " + shortest + " characters";
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.PASSWORD,
                range,
                Optional.empty(),
                List.of(),
                text -> {
                    if (text.length() < shortest) {
                        throw new IllegalArgumentException("must have " + range);
                    }
                    return Optional.of(text);
                });
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    public String help() {
        return help;
    }

    public String type() {
        return type;
    }

    /** The allowed values, in words. */
    public String range() {
        return range;
    }

    public T fallback() {
        return fallback;
    }

    /** The default as an admin would write it; empty where there is none. */
    public String writtenFallback() {
        if (fallback instanceof Optional<?> optional) {
            return optional.map(Setting::written).orElse("");
        }
        if (fallback instanceof List<?> list) {
            return list.stream().map(Setting::written).collect(Collectors.joining(","));
        }
        return written(fallback);
    }

    /**
     * The value in a component, the default where it has none.
     *
     * @throws InvalidSettingException where the value cannot be; names the key
     */
    public T of(ComponentModel component) {
        String text = component.get(key);
        if (text == null || text.isBlank()) {
            return fallback;
        }
        try {
            return parser.apply(text.trim());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(key, e.getMessage());
        }
    }

    /** Whether the component has a value of its own. */
    public boolean isSet(ComponentModel component) {
        String text = component.get(key);
        return text != null && !text.isBlank();
    }

    /** The values of a component as they are stored; nothing where it has none of its own. */
    Optional<String> stored(ComponentModel component) {
        String text =
                component.getConfig().getList(key).stream()
                        .filter(value -> value != null && !value.isBlank())
                        .map(String::trim)
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Refuses a value that cannot be, with a message that names the field. */
    void validate(ComponentModel component) throws ComponentValidationException {
        try {
            of(component);
        } catch (InvalidSettingException e) {
            throw new ComponentValidationException(label + " (" + key + ") " + e.rule());
        }
    }

    /** The field of the admin console. */
    ProviderConfigProperty property() {
        ProviderConfigProperty property =
                new ProviderConfigProperty(key, label, help, type, writtenFallback());
        property.setOptions(options);
        property.setSecret(ProviderConfigProperty.PASSWORD.equals(type));
        return property;
    }

    private static Integer wholeNumber(String text, int least, int most, String range) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that fits both
        }
        throw new IllegalArgumentException("must be a whole number, " + range);
    }

    private static <E extends Enum<E>> E constant(
            Class<E> type, List<String> options, String text) {
        int index = options.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", options));
        }
        return type.getEnumConstants()[index];
    }

    private static Stream<String> split(String text) {
        return Arrays.stream(text.split(",")).map(String::trim).filter(part -> !part.isEmpty());
    }

    private static String written(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(value);
    }
}
