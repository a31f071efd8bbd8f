// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * A setting with a default.
     *
     * @param fallback what holds where a component has no value
     */
    public static <T> Setting<T> named(String key, String label, SettingForm<T> form, T fallback) {
        return new Setting<>(key, label, "", "", fallback, form);
    }

    /** A setting that may be left out. */
    public static <T> Setting<Optional<T>> optional(String key, String label, SettingForm<T> form) {
        return named(key, label, form.optional(), Optional.empty());
    }

    /** The same setting, whose label in the console says what its numbers count. */
    public Setting<T> in(String countedIn) {
        return new Setting<>(key, label, countedIn, help, fallback, form);
    }

    /** The same setting with what the console and the documentation say of it. */
    public Setting<T> help(String meaning) {
        return new Setting<>(key, label, unit, meaning, fallback, form);
    }

    /** Whether it is an address that the server calls. */
    boolean isUrl() {
        return form.isUrl();
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
