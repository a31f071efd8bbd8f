// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting of a component, declared once: key, label, help, default, and the {@link SettingForm
 * form} of its values. The admin console's fields, the validation, the typed access and the
 * documentation all come from here.
 *
 * @param <T> the type in code
 */
public final class Setting<T> {

    /** What a name that a client may choose looks like. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private final String key;
    private final String label;
    private final String unit;
    private final String help;
    private final T fallback;
    private final SettingForm<T> form;

    private Setting(
            String key, String label, String unit, String help, T fallback, SettingForm<T> form) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.help = help;
        this.fallback = fallback;
        this.form = form;
    }

    private static <T> Setting<T> declared(
            String key, String label, String help, T fallback, SettingForm<T> form) {
        return new Setting<>(key, label, "", help, fallback, form);
    }

    private static <T> Setting<Optional<T>> optional(
            String key, String label, String help, SettingForm<T> form) {
        return declared(key, label, help, Optional.empty(), form.optional());
    }

    /** The same setting, whose label in the console says what its numbers count. */
    public Setting<T> in(String countedIn) {
        return new Setting<>(key, label, countedIn, help, fallback, form);
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
        return declared(key, label, help, fallback, SettingForm.integer(least, most, range));
    }

    /** A whole number between two bounds, or nothing. */
    public static Setting<Optional<Integer>> optionalInteger(
            String key, String label, String help, int least, int most) {
        return optional(key, label, help, SettingForm.integer(least, most, least + "–" + most));
    }

    public static Setting<Boolean> flag(String key, String label, String help, boolean fallback) {
        return declared(key, label, help, fallback, SettingForm.flag());
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
        return declared(key, label, help, fallback, SettingForm.choice(Words.of(type), earlier));
    }

    /**
     * Several of a closed list, in order of preference, separated by commas.
     *
     * @param all what there is
     * @param word how each is written
     */
    static <E> Setting<List<E>> sequence(
            String key, String label, String help, List<E> all, Function<E, String> word) {
        Words<E> words = Words.of(all, word);
        return declared(
                key,
                label,
                help + " Of " + words + ", separated by commas.",
                List.of(),
                SettingForm.sequence(words));
    }

    /** One of a closed list, or nothing, which the console offers first. */
    static Setting<Optional<String>> optionalChoice(
            String key, String label, String help, List<String> texts) {
        return declared(
                key,
                label,
                help,
                Optional.empty(),
                SettingForm.optionalChoice(Words.of(texts, text -> text)));
    }

    /** Some of a closed list, whose order means nothing. */
    public static <E extends Enum<E>> Setting<List<E>> anyOf(
            String key, String label, String help, Class<E> type, List<E> fallback) {
        return declared(key, label, help, fallback, SettingForm.anyOf(Words.of(type)));
    }

    /** A free text with a pattern, or nothing. */
    public static Setting<Optional<String>> text(
            String key, String label, String help, Pattern pattern, String range) {
        return optional(key, label, help, SettingForm.text(pattern, range));
    }

    /** An address that the server calls, or nothing. */
    public static Setting<Optional<String>> url(String key, String label, String help) {
        return optional(key, label, help, SettingForm.url());
    }

    /** Whether it is an address that the server calls. */
    boolean isUrl() {
        return form.isUrl();
    }

    /** A free text that the admin API never shows again, or nothing. */
    public static Setting<Optional<String>> secret(
            String key, String label, String help, int shortest) {
        return optional(key, label, help, SettingForm.secret(shortest));
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
        return declared(
                key, label, help, fallback, new SettingForm<>(type, range, List.of(), parser));
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
        return form.type();
    }

    /** The allowed values, in words. */
    public String range() {
        return form.range();
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
            return form.parser().apply(values);
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
        List<String> stored = component.getConfig().get(key);
        if (stored == null) {
            return List.of();
        }
        return stored.stream()
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

    public ComponentValidationException refused(String rule) {
        return new ComponentValidationException(label + " (" + key + ") " + rule);
    }

    /** The field of the admin console. */
    ProviderConfigProperty property() {
        // the console would take a default of several for one value
        Object shown =
                ProviderConfigProperty.MULTIVALUED_LIST_TYPE.equals(type())
                        ? null
                        : writtenFallback();
        ProviderConfigProperty property =
                new ProviderConfigProperty(
                        key,
                        unit.isEmpty() ? label : label + " (" + unit + ")",
                        help,
                        type(),
                        shown);
        property.setOptions(form.options());
        property.setSecret(ProviderConfigProperty.PASSWORD.equals(type()));
        return property;
    }
}
