// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        ComponentModel said = saidBy(realm);
        if (isSame(said, component)) {
            return false;
        }
        component.getConfig().remove(field.key());
        component.getConfig().putAll(said.getConfig());
        return true;
    }

    /** Makes the attribute say what the field says, if it does not in a form of its own. */
    void write(ComponentModel component, RealmModel realm) {
        if (isSame(saidBy(realm), component)) {
            return;
        }
        field.stored(component)
                .ifPresentOrElse(
                        text -> realm.setAttribute(attribute, text),
                        () -> realm.removeAttribute(attribute));
    }

    /** Whether the field means the same in two components. */
    boolean isSame(ComponentModel one, ComponentModel other) {
        try {
            return field.of(one).equals(field.of(other));
        } catch (InvalidSettingException e) {
            return field.stored(one).equals(field.stored(other));
        }
    }

    private ComponentModel saidBy(RealmModel realm) {
        ComponentModel component = new ComponentModel();
        String value = realm.getAttribute(attribute);
        if (value != null && !value.isBlank()) {
            component.getConfig().put(field.key(), values(value));
        }
        return component;
    }

    /** Case does not count in a list, as where it is used. */
    private List<String> values(String text) {
        return ProviderConfigProperty.MULTIVALUED_LIST_TYPE.equals(field.type())
                ? Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                        .filter(part -> !part.isEmpty())
                        .toList()
                : List.of(text.trim());
    }
}
