// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A realm attribute as a field of the console.
 *
 * @param attribute its name; what it says holds
 * @param field what the console shows of it
 */
record RealmSetting(String attribute, Setting<?> field) {

    /** Makes the field say what the attribute says; true where it said something else. */
    boolean read(RealmModel realm, ComponentModel component) {
        Optional<String> before = field.stored(component);
        String value = realm.getAttribute(attribute);
        if (value == null || value.isBlank()) {
            component.getConfig().remove(field.key());
        } else {
            component.getConfig().put(field.key(), values(value));
        }
        return !before.equals(field.stored(component));
    }

    private List<String> values(String text) {
        return ProviderConfigProperty.MULTIVALUED_LIST_TYPE.equals(field.type())
                ? Arrays.stream(text.split("[,\\s]+")).filter(part -> !part.isEmpty()).toList()
                : List.of(text.trim());
    }

    /** Makes the attribute say what the field says. A default is not written where nothing is. */
    void write(ComponentModel component, RealmModel realm) {
        String before = realm.getAttribute(attribute);
        Optional<String> said = before == null ? said(component) : field.stored(component);
        if (said.isEmpty()) {
            realm.removeAttribute(attribute);
        } else if (!said.get().equals(before)) {
            realm.setAttribute(attribute, said.get());
        }
    }

    /** What is stored, if it is anything but the default. */
    Optional<String> said(ComponentModel component) {
        try {
            return field.of(component).equals(field.fallback())
                    ? Optional.empty()
                    : field.stored(component);
        } catch (InvalidSettingException e) {
            // no default is invalid
            return field.stored(component);
        }
    }
}
