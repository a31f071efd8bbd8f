// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
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

    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,2000}");
    private static final String URL_RANGE = "an http or https URL";

    private final String key;
    private final String label;
    private final String unit;
    private final String help;
    private final String type;
    private final String range;
    private final T fallback;
    private final List<String> options;
    private final Function<List<String>, T> parser;

    private Setting(
            String key,
            String label,
            String help,
            String type,
            String range,
            T fallback,
            List<String> options,
            Function<List<String>, T> parser) {
        this(key, label, "", help, type, range, fallback, options, parser);
    }

    private Setting(
            String key,
            String label,
            String unit,
            String help,
            String type,
            String range,
            T fallback,
            List<String> options,
            Function<List<String>, T> parser) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.help = help;
        this.type = type;
        this.range = range;
        this.fallback = fallback;
        this.options = options;
        this.parser = parser;
    }

    /** The same setting, whose label in the console says what its numbers count. */
    public Setting<T> in(String countedIn) {
        return new Setting<>(key, label, countedIn, help, type, range, fallback, options, parser);
    }

    /** A whole number between two bounds, both included. */
    public static Setting<Integer> integer(
            String key, String label, String help, int fallback, int least, int most) {
        return integer(key, label, help, fallback, least, most, least + "–" + most);
    }

    /** A whole number between two bounds that further rules narrow, with the range in words. */
    static Setting<Integer> integer(
            String key,
            String label,
            String help,
            int fallback,
            int least,
            int most,
            String range) {
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.INTEGER_TYPE,
                range,
                fallback,
                List.of(),
                values -> wholeNumber(values.get(0), least, most, range));
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
                values -> Optional.of(wholeNumber(values.get(0), least, most, range)));
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
                values ->
                        switch (values.get(0)) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException("must be true or false");
                        });
    }

    /** One of a closed list, given by an enum whose constants are written in lower case. */
    public static <E extends Enum<E>> Setting<E> choice(
            String key, String label, String help, Class<E> type, E fallback) {
        return choice(key, label, help, type, fallback, Map.of());
    }

    /**
     * The same for a setting that once had other values.
     *
     * @param earlier what those mean; they are read and never offered
     */
    static <E extends Enum<E>> Setting<E> choice(
            String key,
            String label,
            String help,
            Class<E> type,
            E fallback,
            Map<String, E> earlier) {
        Words<E> words = Words.of(type);
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.LIST_TYPE,
                words.toString(),
                fallback,
                words.all(),
                values ->
                        Optional.ofNullable(earlier.get(values.get(0)))
                                .orElseGet(() -> words.meaning(values.get(0))));
    }

    /**
     * Several of a closed list, in order of preference, separated by commas. One value, as Keycloak
     * does not keep the order of several.
     *
     * @param all what there is
     * @param word how each is written
     */
    static <E> Setting<List<E>> sequence(
            String key, String label, String help, List<E> all, Function<E, String> word) {
        Words<E> words = Words.of(all, word);
        return new Setting<>(
                key,
                label,
                help + " Of " + words + ", separated by commas.",
                ProviderConfigProperty.STRING_TYPE,
                "of " + words + "; comma-separated",
                List.of(),
                List.of(),
                values -> {
                    if (values.size() > 1) {
                        throw new IllegalArgumentException(
                                "must be one value, separated by commas");
                    }
                    return words.meanings(values);
                });
    }

    /** One of a closed list, or nothing, which the console offers first. */
    static Setting<Optional<String>> optionalChoice(
            String key, String label, String help, List<String> texts) {
        Words<String> words = Words.of(texts, text -> text);
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.LIST_TYPE,
                words.toString(),
                Optional.empty(),
                Stream.concat(Stream.of(""), texts.stream()).toList(),
                values -> Optional.of(words.meaning(values.get(0))));
    }

    /** Some of a closed list, whose order means nothing. */
    public static <E extends Enum<E>> Setting<List<E>> anyOf(
            String key, String label, String help, Class<E> type, List<E> fallback) {
        Words<E> words = Words.of(type);
        return new Setting<>(
                key,
                label,
                help,
                ProviderConfigProperty.MULTIVALUED_LIST_TYPE,
                "of " + words,
                fallback,
                words.all(),
                values -> words.meanings(values).stream().sorted().toList());
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
                values -> {
                    String text = values.get(0);
                    if (!pattern.matcher(text).matches()) {
                        throw new IllegalArgumentException("must be " + range);
                    }
                    return Optional.of(text);
                });
    }

    /** An address that the server calls, or nothing. */
    public static Setting<Optional<String>> url(String key, String label, String help) {
        return text(key, label, help, URL, URL_RANGE);
    }

    /** Whether it is an address that the server calls. */
    boolean isUrl() {
        return URL_RANGE.equals(range);
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
                values -> {
                    String text = values.get(0);
                    if (text.length() < shortest) {
                        throw new IllegalArgumentException("must have " + range);
                    }
                    return Optional.of(text);
                });
    }

    /**
     * A setting with a form of its own.
     *
     * @param type how the console shows it
     * @param parser makes sense of all its values, of which there is at least one; throws {@link
     *     IllegalArgumentException} with the rule that is broken
     */
    public static <T> Setting<T> ownForm(
            String key,
            String label,
            String help,
            String type,
            String range,
            T fallback,
            Function<List<String>, T> parser) {
        return new Setting<>(key, label, help, type, range, fallback, List.of(), parser);
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

    /** The default as an admin would write it; empty if there is none. */
    public String writtenFallback() {
        if (fallback instanceof Optional<?> optional) {
            return optional.map(Words::written).orElse("");
        }
        if (fallback instanceof List<?> list) {
            return list.stream().map(Words::written).collect(Collectors.joining(","));
        }
        if (fallback instanceof Map<?, ?>) {
            return "";
        }
        return Words.written(fallback);
    }

    /**
     * The value in a component, the default where it has none.
     *
     * @throws InvalidSettingException if the value cannot be; names the key
     */
    public T of(ComponentModel component) {
        List<String> values = values(component);
        if (values.isEmpty()) {
            return fallback;
        }
        try {
            return parser.apply(values);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(key, e.getMessage());
        }
    }

    /** Whether the component has a value of its own. */
    public boolean isSet(ComponentModel component) {
        return !values(component).isEmpty();
    }

    /** All requests share the component, and {@code getList} would add what it does not find. */
    private List<String> values(ComponentModel component) {
        return Optional.ofNullable(component.getConfig().get(key)).stream()
                .flatMap(List::stream)
                .filter(value -> value != null && !value.isBlank())
                .map(String::trim)
                .toList();
    }

    /** The values of a component as they are stored; empty if it has none of its own. */
    Optional<String> stored(ComponentModel component) {
        List<String> values = values(component);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Refuses a value that cannot be, with a message that names the field. */
    void validate(ComponentModel component) throws ComponentValidationException {
        try {
            of(component);
        } catch (InvalidSettingException e) {
            throw refused(e.rule());
        }
    }

    /** A refusal that names the field. */
    public ComponentValidationException refused(String rule) {
        return new ComponentValidationException(label + " (" + key + ") " + rule);
    }

    /** The field of the admin console. */
    ProviderConfigProperty property() {
        // the console would take a default of several for one value
        Object shown =
                ProviderConfigProperty.MULTIVALUED_LIST_TYPE.equals(type)
                        ? null
                        : writtenFallback();
        ProviderConfigProperty property =
                new ProviderConfigProperty(
                        key, unit.isEmpty() ? label : label + " (" + unit + ")", help, type, shown);
        property.setOptions(options);
        property.setSecret(ProviderConfigProperty.PASSWORD.equals(type));
        return property;
    }

    static Integer wholeNumber(String text, int least, int most, String range) {
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
}
