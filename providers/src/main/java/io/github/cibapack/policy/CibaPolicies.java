// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.audit.PolicyFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.HttpAuthenticationChannelProviderFactory;

/**
 * Finds the policy of a request. A client attribute lists the policies that a client may use, and
 * so do the policies that list the client; the first one is its default, and a value of {@code
 * acr_values} picks another one by name. A client without any uses the realm's built-in policy.
 */
public final class CibaPolicies {

    /**
     * Client attribute: names of CIBA policies, {@code name} or {@code name@version}, by commas.
     */
    public static final String CLIENT_ATTRIBUTE = "ciba.policies";

    /** Realm attribute that names the channel, one that needs no settings of a policy. */
    public static final String CHANNEL_ATTRIBUTE = "ciba.channel";

    /** Realm attribute: no request of this realm shows who exists. */
    public static final String HIDE_USERS_ATTRIBUTE = "ciba.hide-users";

    private final RealmModel realm;

    public CibaPolicies(RealmModel realm) {
        this.realm = realm;
    }

    /**
     * The policy that a request uses.
     *
     * @param acrValues what the relying party asked for, separated by spaces
     * @throws PolicyNotAllowedException if a policy is named that exists and is not on the list
     * @throws InvalidSettingException if the client's list names a policy, or a version of one,
     *     that does not exist
     */
    public CibaPolicy of(ClientModel client, Optional<String> acrValues) {
        List<PolicyReference> allowed = listOf(client);
        for (PolicyReference wanted :
                acrValues.stream()
                        .flatMap(values -> Arrays.stream(values.split(" ")))
                        .flatMap(value -> PolicyReference.parse(value).stream())
                        .toList()) {
            Optional<PolicyReference> entry =
                    allowed.stream().filter(listed -> listed.isMeantBy(wanted)).findFirst();
            if (entry.isPresent()) {
                return named(entry.get());
            }
            if (component(wanted).isPresent()) {
                throw new PolicyNotAllowedException();
            }
        }
        return allowed.isEmpty() ? builtIn() : named(allowed.get(0));
    }

    /**
     * The policies that a client may use: those that its attribute lists, in their order, then
     * those that list the client, by name; of each name the highest version that does. What the
     * attribute names in a version of its own stays in that one.
     */
    public List<AllowedPolicy> allowedTo(ClientModel client) {
        List<AllowedPolicy> allowed = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (String entry : entriesOf(client)) {
            allowed.add(new AllowedPolicy(entry, true));
            PolicyReference.parse(entry).map(PolicyReference::name).ifPresent(named::add);
        }
        components()
                .filter(
                        policy ->
                                CibaPolicyFactory.CLIENTS.of(policy).contains(client.getClientId()))
                .flatMap(policy -> PolicyReference.to(policy).stream())
                .sorted(PolicyReference.BY_NAME_HIGHEST_FIRST)
                .filter(policy -> named.add(policy.name()))
                .forEach(policy -> allowed.add(new AllowedPolicy(policy.toString(), false)));
        return allowed;
    }

    private static List<String> entriesOf(ClientModel client) {
        String list = client.getAttribute(CLIENT_ATTRIBUTE);
        return list == null
                ? List.of()
                : Arrays.stream(list.split("[,\\s]+")).filter(entry -> !entry.isEmpty()).toList();
    }

    /** The policy that an entry of a client's list names, if it is there. */
    public Optional<CibaPolicy> find(String entry) {
        return PolicyReference.parse(entry).flatMap(this::find);
    }

    /** The policy that has been used before, if it is still there. */
    public Optional<CibaPolicy> find(String name, int version) {
        return find(new PolicyReference(name, Optional.of(version)));
    }

    /** The policy of a request, in its version; empty if it is gone, or is the built-in one. */
    public Optional<CibaPolicy> find(PolicyFacts asked) {
        return asked.version().flatMap(version -> find(asked.name(), version));
    }

    private Optional<CibaPolicy> find(PolicyReference reference) {
        return component(reference).map(component -> named(reference.name(), component));
    }

    /** Whether a policy's requests must not show who exists. */
    public boolean hidesUsers(CibaPolicy policy) {
        return policy.get(CibaPolicyFactory.HIDE_USERS) || realmHidesUsers();
    }

    /** The same for a request of before: a policy that is gone since may have wanted it. */
    public boolean hidesUsers(PolicyFacts asked) {
        return realmHidesUsers()
                || (asked.version().isPresent()
                        && find(asked).map(p -> p.get(CibaPolicyFactory.HIDE_USERS)).orElse(true));
    }

    /** Whether no request of the realm must show who exists. */
    public boolean realmHidesUsers() {
        return "true".equals(realm.getAttribute(HIDE_USERS_ATTRIBUTE));
    }

    /**
     * The policy of a realm that defines none: built-in values, and what the realm itself has
     * stored.
     */
    public CibaPolicy builtIn() {
        int expiresIn =
                realm.getAttribute(
                        CibaConfig.CIBA_EXPIRES_IN, CibaPolicyFactory.EXPIRES_IN.fallback());
        return CibaPolicy.builtIn(realmChannel(), expiresIn, interval());
    }

    /**
     * Keycloak writes its own default of five seconds into a realm whenever the realm is created or
     * saved, so five cannot be told from "never set" and reads as the built-in value. For five
     * seconds there is the interval of a CIBA policy.
     */
    private int interval() {
        int builtIn = CibaPolicyFactory.INTERVAL.fallback();
        int stored = realm.getAttribute(CibaConfig.CIBA_INTERVAL, builtIn);
        return stored == CibaConfig.DEFAULT_CIBA_POLICY_INTERVAL ? builtIn : Math.max(1, stored);
    }

    private CibaPolicy named(PolicyReference reference) {
        return find(reference).orElseThrow(CibaPolicies::missing);
    }

    private CibaPolicy named(String name, ComponentModel component) {
        List<ChannelType> channels = CibaPolicyFactory.CHANNELS.of(component);
        return CibaPolicy.named(
                name, component, channels.isEmpty() ? List.of(realmChannel()) : channels);
    }

    private static InvalidSettingException missing() {
        return new InvalidSettingException(
                CLIENT_ATTRIBUTE,
                "names a policy that does not exist, or not in the version that it names");
    }

    /** The version that is named, or the highest. */
    private Optional<ComponentModel> component(PolicyReference reference) {
        return SettingsComponentFactory.ofRealm(
                        realm,
                        CibaPolicyFactory.PROVIDER_ID,
                        CibaPolicyFactory.NAME,
                        reference.name())
                .filter(
                        component ->
                                reference
                                        .version()
                                        .map(CibaPolicyFactory.VERSION.of(component)::equals)
                                        .orElse(true))
                .max(Comparator.comparing(CibaPolicyFactory.VERSION::of))
                .map(SettingsComponentFactory::requireKnownSchema);
    }

    /** Whether any policy of the realm, or a variant of one, may have polls wait. */
    public boolean mayHoldPolls() {
        return any(policy -> CibaPolicyFactory.LONG_POLLING.of(policy) > 0);
    }

    /** Whether any policy of the realm, or a variant of one, may have a webhook. */
    public boolean mayCallWebhooks() {
        return any(CibaPolicyFactory.WEBHOOK_URL::isSet);
    }

    private boolean any(Predicate<ComponentModel> is) {
        return components()
                .anyMatch(
                        policy ->
                                policy.contains(CibaPolicyFactory.VARIANTS.key())
                                        || is.test(policy));
    }

    private Stream<ComponentModel> components() {
        return SettingsComponentFactory.ofRealm(realm, CibaPolicyFactory.PROVIDER_ID);
    }

    private List<PolicyReference> listOf(ClientModel client) {
        return allowedTo(client).stream()
                .map(AllowedPolicy::entry)
                .map(entry -> PolicyReference.parse(entry).orElseThrow(CibaPolicies::missing))
                .toList();
    }

    private ChannelType realmChannel() {
        String name = realm.getAttribute(CHANNEL_ATTRIBUTE);
        if (name == null || name.isBlank()) {
            return ChannelType.of(serverHasHttpChannel() ? ChannelType.HTTP : ChannelType.EMAIL);
        }
        try {
            return Words.of(channelsOfRealms(), ChannelType::value)
                    .meaning(name.trim().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(CHANNEL_ATTRIBUTE, e.getMessage());
        }
    }

    /** The channels that need no settings of a policy. */
    static List<ChannelType> channelsOfRealms() {
        return ChannelType.all().stream().filter(type -> type.required().isEmpty()).toList();
    }

    /**
     * Whether the server's options name an address for Keycloak's HTTP channel. A realm that uses
     * it must not change when the pack is installed.
     */
    public static boolean serverHasHttpChannel() {
        return ServersHttpChannel.IS_THERE;
    }

    /** A server's options stay as they are while it runs, and looking one up takes long. */
    private static final class ServersHttpChannel {
        private static final String URI =
                Config.scope(
                                "ciba-auth-channel",
                                HttpAuthenticationChannelProviderFactory.PROVIDER_ID)
                        .get("httpAuthenticationChannelUri");
        private static final boolean IS_THERE = URI != null && !URI.isBlank();
    }
}
