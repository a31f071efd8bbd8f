// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.admin.SettingsRepresentation.Level;
import io.github.cibapack.admin.SettingsRepresentation.Value;
import io.github.cibapack.policy.AllowedPolicy;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.policy.InvalidSettingException;
import io.github.cibapack.policy.Logo;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.policy.NotificationPolicy;
import io.github.cibapack.policy.NotificationPolicyFactory;
import io.github.cibapack.policy.NumberMatching;
import io.github.cibapack.policy.PolicyNotAllowedException;
import io.github.cibapack.policy.Setting;
import io.github.cibapack.policy.TemplatePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.idm.ComponentRepresentation;

/**
 * Which settings hold for a client, and where each of them comes from. A setting that cannot be
 * used is reported, not left out.
 */
final class EffectiveSettings {
    private static final String ATTRIBUTES = "ciba.";
    private static final int LONGEST_SHOWN = 256;

    private final RealmModel realm;
    private final ClientModel client;
    private final CibaPolicies policies;
    private final List<String> problems = new ArrayList<>();

    EffectiveSettings(RealmModel realm, ClientModel client) {
        this.realm = realm;
        this.client = client;
        this.policies = new CibaPolicies(realm);
    }

    /**
     * The settings of a request of the client.
     *
     * @param acrValues what the request asks for
     */
    SettingsRepresentation of(Optional<String> acrValues) {
        List<AllowedPolicy> allowed = allowed();
        Optional<CibaPolicy> policy = policy(acrValues);
        Optional<NotificationPolicy> limits = policy.flatMap(this::notificationPolicy);
        return new SettingsRepresentation(
                client.getClientId(),
                realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client),
                allowed.stream().map(AllowedPolicy::entry).toList(),
                policy.map(found -> why(found, acrValues, allowed)).orElse(null),
                policy.map(this::settings).orElse(null),
                limits.map(found -> why(found, policy.get())).orElse(null),
                limits.map(this::limits).orElse(null),
                attributes(),
                List.copyOf(problems));
    }

    private List<AllowedPolicy> allowed() {
        try {
            return policies.allowedTo(client);
        } catch (InvalidSettingException e) {
            // the choice of a policy says it, too
            return List.of();
        }
    }

    private Optional<CibaPolicy> policy(Optional<String> acrValues) {
        try {
            return Optional.of(policies.of(client, acrValues));
        } catch (PolicyNotAllowedException e) {
            problems.add("The acr_values name a policy that is not on the client's list");
        } catch (InvalidSettingException e) {
            problems.add(e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<NotificationPolicy> notificationPolicy(CibaPolicy policy) {
        try {
            return Optional.of(new NotificationPolicies(realm).of(client, policy));
        } catch (InvalidSettingException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static Value why(
            CibaPolicy policy, Optional<String> acrValues, List<AllowedPolicy> allowed) {
        String name = policy.name();
        if (policy.isBuiltIn()) {
            return Value.builtIn("policy", name);
        }
        String pinned = name + "@" + policy.version().orElseThrow();
        boolean asked =
                acrValues.stream()
                        .flatMap(values -> Stream.of(values.split(" ")))
                        .anyMatch(value -> value.equals(name) || value.equals(pinned));
        if (asked) {
            return Value.of("policy", name, Level.REQUEST, "acr_values");
        }
        return allowed.get(0).isByAttribute()
                ? Value.of("policy", name, Level.CLIENT_ATTRIBUTE, CibaPolicies.CLIENT_ATTRIBUTE)
                : Value.of("policy", name, Level.CIBA_POLICY, CibaPolicyFactory.CLIENTS.key());
    }

    private Value why(NotificationPolicy limits, CibaPolicy policy) {
        String key = CibaPolicyFactory.NOTIFICATION_POLICY.key();
        String name = limits.name();
        if (isSet(NotificationPolicies.CLIENT_ATTRIBUTE)) {
            return Value.of(
                    key, name, Level.CLIENT_ATTRIBUTE, NotificationPolicies.CLIENT_ATTRIBUTE);
        }
        if (policy.stored(CibaPolicyFactory.NOTIFICATION_POLICY).isPresent()) {
            return Value.of(key, name, Level.CIBA_POLICY, policy.name());
        }
        return limits.isBuiltIn()
                ? Value.builtIn(key, name)
                : Value.of(key, name, Level.NOTIFICATION_POLICY, name);
    }

    private List<Value> settings(CibaPolicy policy) {
        return new CibaPolicyFactory()
                .settings().stream()
                        .filter(setting -> isSound(setting, policy::get, policy.name()))
                        .map(setting -> value(setting, policy))
                        .toList();
    }

    private Value value(Setting<?> setting, CibaPolicy policy) {
        String key = setting.key();
        if (setting == CibaPolicyFactory.HIDE_USERS && policies.realmHidesUsers()) {
            return Value.of(key, "true", Level.REALM_ATTRIBUTE, CibaPolicies.HIDE_USERS_ATTRIBUTE);
        }
        if (setting == CibaPolicyFactory.LOGO && Logo.of(client).isPresent()) {
            return ofClient(key, Logo.CLIENT_ATTRIBUTE);
        }
        if (setting == CibaPolicyFactory.TEMPLATES && isSet(TemplatePair.CLIENT_ATTRIBUTE)) {
            return ofClient(key, TemplatePair.CLIENT_ATTRIBUTE);
        }
        Optional<String> stored = policy.stored(setting);
        if (stored.isPresent() && setting == CibaPolicyFactory.NUMBER_MATCHING) {
            return numberMatching(policy);
        }
        if (stored.isPresent()) {
            return Value.of(key, shown(setting, stored.get()), Level.CIBA_POLICY, policy.name());
        }
        if (setting == CibaPolicyFactory.CHANNELS) {
            return channels(policy);
        }
        if (policy.isBuiltIn() && setting == CibaPolicyFactory.EXPIRES_IN) {
            return ofRealm(setting, policy.lifetime(Optional.empty()), CibaConfig.CIBA_EXPIRES_IN);
        }
        if (policy.isBuiltIn() && setting == CibaPolicyFactory.INTERVAL) {
            return ofRealm(setting, policy.interval(), CibaConfig.CIBA_INTERVAL);
        }
        return Value.builtIn(key, setting.writtenFallback());
    }

    private Value ofClient(String key, String attribute) {
        return Value.of(
                key, cut(client.getAttribute(attribute)), Level.CLIENT_ATTRIBUTE, attribute);
    }

    private boolean isSet(String attribute) {
        String value = client.getAttribute(attribute);
        return value != null && !value.isBlank();
    }

    /** Off for a client that does not show the number, whatever its policy says. */
    private Value numberMatching(CibaPolicy policy) {
        String key = CibaPolicyFactory.NUMBER_MATCHING.key();
        NumberMatching wanted = policy.get(CibaPolicyFactory.NUMBER_MATCHING);
        NumberMatching held = policy.numberMatching(client);
        String value = held.name().toLowerCase(Locale.ROOT);
        return held == wanted
                ? Value.of(key, value, Level.CIBA_POLICY, policy.name())
                : Value.of(key, value, Level.CLIENT_ATTRIBUTE, NumberMatching.CLIENT_ATTRIBUTE);
    }

    /** Keycloak writes its own values into every realm, so one like the default is the default. */
    private static Value ofRealm(Setting<?> setting, int value, String realmSetting) {
        String written = Integer.toString(value);
        return written.equals(setting.writtenFallback())
                ? Value.builtIn(setting.key(), written)
                : Value.of(setting.key(), written, Level.REALM_SETTING, realmSetting);
    }

    private Value channels(CibaPolicy policy) {
        String key = CibaPolicyFactory.CHANNELS.key();
        String value =
                policy.channels().stream()
                        .map(ChannelType::value)
                        .collect(Collectors.joining(", "));
        String ofRealm = realm.getAttribute(CibaPolicies.CHANNEL_ATTRIBUTE);
        if (ofRealm != null && !ofRealm.isBlank()) {
            return Value.of(key, value, Level.REALM_ATTRIBUTE, CibaPolicies.CHANNEL_ATTRIBUTE);
        }
        return policy.channel().is(ChannelType.HTTP)
                ? Value.of(key, value, Level.SERVER_OPTION, "http-authentication-channel-uri")
                : Value.builtIn(key, value);
    }

    private List<Value> limits(NotificationPolicy limits) {
        return new NotificationPolicyFactory()
                .settings().stream()
                        .filter(setting -> isSound(setting, limits::get, limits.name()))
                        .map(setting -> limit(setting, limits))
                        .toList();
    }

    /** The built-in policy sets something, too. */
    private static Value limit(Setting<?> setting, NotificationPolicy limits) {
        Optional<String> stored = limits.stored(setting).map(text -> shown(setting, text));
        return stored.isPresent() && !limits.isBuiltIn()
                ? Value.of(setting.key(), stored.get(), Level.NOTIFICATION_POLICY, limits.name())
                : Value.builtIn(setting.key(), stored.orElseGet(setting::writtenFallback));
    }

    private boolean isSound(Setting<?> setting, Consumer<Setting<?>> reader, String policy) {
        try {
            reader.accept(setting);
            return true;
        } catch (InvalidSettingException e) {
            problems.add("Policy '" + policy + "': " + e.getMessage());
            return false;
        }
    }

    private static String shown(Setting<?> setting, String stored) {
        return ProviderConfigProperty.PASSWORD.equals(setting.type())
                ? ComponentRepresentation.SECRET_VALUE
                : cut(stored);
    }

    /** A logo is a whole picture: its beginning says enough. */
    private static String cut(String value) {
        return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
    }

    private Map<String, String> attributes() {
        Map<String, String> own = new TreeMap<>();
        for (Map.Entry<String, String> attribute : client.getAttributes().entrySet()) {
            if (attribute.getKey().startsWith(ATTRIBUTES) && attribute.getValue() != null) {
                own.put(attribute.getKey(), cut(attribute.getValue()));
            }
        }
        return own;
    }
}
