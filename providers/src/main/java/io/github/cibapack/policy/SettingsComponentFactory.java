// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.ui.extend.UiPageProvider;
import org.keycloak.services.ui.extend.UiPageProviderFactory;

/**
 * A kind of named settings that an admin creates as realm components. They are components of
 * Keycloak's UI-page type: the REST API, realm import and export handle them like any other, and
 * with the feature {@code declarative-ui} the admin console has a page for them (see ADR 2).
 */
public abstract class SettingsComponentFactory implements UiPageProviderFactory<ComponentModel> {

    /** Key {@code providerType} of these components in a realm JSON. */
    public static final String PROVIDER_TYPE = UiPageProvider.class.getName();

    /** The settings, in the order in which the console shows them; the first one is the name. */
    public abstract List<Setting<?>> settings();

    /** The name by which other settings refer to this component. */
    protected abstract Setting<Optional<String>> nameSetting();

    /** What the console's list shows of each; the first one, the name, is the link to the rest. */
    protected abstract List<Setting<?>> columns();

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return settings().stream().map(this::field).toList();
    }

    private ProviderConfigProperty field(Setting<?> setting) {
        ProviderConfigProperty field = setting.property();
        field.setRequired(setting.equals(nameSetting()));
        return field;
    }

    /** {@code displayFields}: the columns of the console's list. */
    @Override
    public Map<String, Object> getTypeMetadata() {
        return Map.of("displayFields", columns().stream().map(Setting::key).toList());
    }

    @Override
    public void validateConfiguration(
            KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        for (Setting<?> setting : settings()) {
            setting.validate(model);
        }
        String name =
                nameSetting()
                        .of(model)
                        .orElseThrow(
                                () ->
                                        new ComponentValidationException(
                                                nameSetting().label() + ": a name is required"));
        boolean taken =
                realm.getComponentsStream(realm.getId(), PROVIDER_TYPE)
                        .filter(other -> getId().equals(other.getProviderId()))
                        .filter(other -> !other.getId().equals(model.getId()))
                        .anyMatch(
                                other -> nameSetting().of(other).filter(name::equals).isPresent());
        if (taken) {
            throw new ComponentValidationException(
                    nameSetting().label() + ": another one has this name already");
        }
    }

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to do
    }

    @Override
    public void close() {
        // holds nothing
    }
}
