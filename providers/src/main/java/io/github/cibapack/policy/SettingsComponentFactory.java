// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import static io.github.cibapack.policy.SettingForm.ofOne;

import io.github.cibapack.spi.WithoutLifeCycle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.ui.extend.UiPageProvider;
import org.keycloak.services.ui.extend.UiPageProviderFactory;

/**
 * A kind of named settings that an admin creates as realm components. They are components of
 * Keycloak's UI-page type: the REST API, realm import and export handle them like any other, and
 * with the feature {@code declarative-ui} the admin console has a page for them (see ADR 2).
 */
public abstract class SettingsComponentFactory
        implements UiPageProviderFactory<ComponentModel>, WithoutLifeCycle<UiPageProvider> {

    /** Key {@code providerType} of these components in a realm JSON. */
    public static final String PROVIDER_TYPE = UiPageProvider.class.getName();

    /** Where the admin API takes one component. */
    private static final Pattern COMPONENTS = Pattern.compile("realms/[^/]+/components(/|$)");

    /** The newest form of settings that this version of the pack reads. */
    private static final int SCHEMA = 1;

    /**
     * Which form the settings of a component have. A component without it has the oldest one, and
     * every form up to the newest is read; a newer one would be misunderstood, so it is refused.
     */
    public static final Setting<Integer> SCHEMA_VERSION =
            Setting.named(
                            "schemaVersion",
                            "Schema version",
                            ofOne(
                                    ProviderConfigProperty.INTEGER_TYPE,
                                    "1–" + SCHEMA,
                                    SettingsComponentFactory::knownSchema),
                            1)
                    .help(
                            "The form of these settings; a later version of the pack may bring a"
                                    + " new one. Missing: the oldest.");

    private static int knownSchema(String text) {
        int version = SettingForm.wholeNumber(text, 1, Integer.MAX_VALUE, "at least 1");
        if (version > SCHEMA) {
            throw new IllegalArgumentException(
                    "is "
                            + version
                            + ", and this version of the pack reads up to "
                            + SCHEMA
                            + ": install a newer one");
        }
        return version;
    }

    /**
     * A component that can be read: an import can have brought one that a newer pack has written.
     *
     * @throws InvalidSettingException if its form is newer than what this version knows
     */
    public static ComponentModel requireKnownSchema(ComponentModel component) {
        SCHEMA_VERSION.of(component);
        return component;
    }

    private final String id;
    private final String helpText;
    private final Setting<Optional<String>> name;
    private final List<Setting<?>> settings;
    private final List<Setting<?>> columns;

    /**
     * A kind of settings.
     *
     * @param name by which other settings refer to a component of this kind
     * @param own the kind's settings in the order in which the console shows them, the name first
     * @param columns what the console's list shows of each; the first one, the name, is the link to
     *     the rest
     */
    protected SettingsComponentFactory(
            String id,
            String helpText,
            Setting<Optional<String>> name,
            List<Setting<?>> own,
            List<Setting<?>> columns) {
        this.id = id;
        this.helpText = helpText;
        this.name = name;
        this.settings = Stream.concat(own.stream(), Stream.of(SCHEMA_VERSION)).toList();
        this.columns = columns;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getHelpText() {
        return helpText;
    }

    /** All settings; the first one is the name. */
    public final List<Setting<?>> settings() {
        return settings;
    }

    /** What must be unique in a realm among the components of this kind, in words. */
    protected String identity(ComponentModel model) {
        return "name " + name.of(model).orElse("");
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return settings.stream().map(this::field).toList();
    }

    private ProviderConfigProperty field(Setting<?> setting) {
        ProviderConfigProperty field = setting.property();
        field.setRequired(setting.equals(name));
        return field;
    }

    /** {@code displayFields}: the columns of the console's list. */
    @Override
    public Map<String, Object> getTypeMetadata() {
        return Map.of("displayFields", columns.stream().map(Setting::key).toList());
    }

    @Override
    public final void validateConfiguration(
            KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        try {
            requireOwnForm(realm, model);
            check(session, realm, model);
            if (isSavedByItself(session)) {
                checkNames(session, realm, model);
            }
        } catch (ComponentValidationException e) {
            throw shown(e);
        }
    }

    /** What the settings mean together, as far as the component alone tells. */
    protected void check(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        // each setting by itself is enough
    }

    /** That what the settings name is there. */
    protected void checkNames(KeycloakSession session, RealmModel realm, ComponentModel model)
            throws ComponentValidationException {
        // names nothing
    }

    /**
     * Not so where a whole realm is imported: its components come before its clients and in no
     * order. What is missing then shows when it is used.
     */
    static boolean isSavedByItself(KeycloakSession session) {
        try {
            return COMPONENTS.matcher(session.getContext().getUri().getPath()).find();
        } catch (RuntimeException e) {
            // imported at the start of the server: there is no request
            return false;
        }
    }

    /** The stored components of one kind. */
    public static Stream<ComponentModel> ofRealm(RealmModel realm, String providerId) {
        return realm.getComponentsStream(realm.getId(), PROVIDER_TYPE)
                .filter(component -> providerId.equals(component.getProviderId()));
    }

    /**
     * Those of one kind with this name.
     *
     * @param name the setting that has it
     */
    public static Stream<ComponentModel> ofRealm(
            RealmModel realm, String providerId, Setting<Optional<String>> name, String wanted) {
        return ofRealm(realm, providerId)
                .filter(component -> name.of(component).filter(wanted::equals).isPresent());
    }

    /** As Keycloak shows it: it reads the message as a {@link java.text.MessageFormat}. */
    static ComponentValidationException shown(ComponentValidationException refusal) {
        return new ComponentValidationException(
                refusal.getMessage().replace("'", "''").replace("{", "'{'"), refusal);
    }

    private void requireOwnForm(RealmModel realm, ComponentModel model) {
        for (Setting<?> setting : settings) {
            setting.validate(model);
        }
        if (!name.isSet(model)) {
            throw name.refused("is required");
        }
        String identity = identity(model);
        boolean taken =
                ofRealm(realm, id)
                        .filter(other -> !other.getId().equals(model.getId()))
                        .anyMatch(other -> identity.equals(identity(other)));
        if (taken) {
            throw name.refused("must be the only one: there is another " + identity);
        }
    }
}
