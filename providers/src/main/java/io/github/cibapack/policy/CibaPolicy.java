// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.audit.PolicyFacts;
import java.util.List;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * The settings that hold for one authentication request: a named CIBA policy of the realm, or the
 * built-in one.
 */
public final class CibaPolicy {

    /** The name of the policy of a realm that defines none. */
    public static final String BUILT_IN = "default";

    private final PolicyFacts facts;
    private final ComponentModel component;
    private final List<ChannelType> channels;
    private final int expiresIn;
    private final int interval;

    private CibaPolicy(
            PolicyFacts facts,
            ComponentModel component,
            List<ChannelType> channels,
            int expiresIn,
            int interval) {
        this.facts = facts;
        this.component = component;
        this.channels = List.copyOf(channels);
        this.expiresIn = expiresIn;
        this.interval = interval;
    }

    /** A policy that an admin has made. */
    static CibaPolicy named(String name, ComponentModel component, List<ChannelType> channels) {
        Optional<Integer> version = Optional.of(CibaPolicyFactory.VERSION.of(component));
        return new CibaPolicy(
                new PolicyFacts(name, version, Optional.empty()),
                component,
                channels,
                CibaPolicyFactory.EXPIRES_IN.of(component),
                CibaPolicyFactory.INTERVAL.of(component));
    }

    /** The built-in policy, with the two values that a realm can set without any policy. */
    static CibaPolicy builtIn(ChannelType channel, int expiresIn, int interval) {
        return new CibaPolicy(
                new PolicyFacts(BUILT_IN, Optional.empty(), Optional.empty()),
                new ComponentModel(),
                List.of(channel),
                expiresIn,
                interval);
    }

    /**
     * The policy as it is for one user, who has a variant of it where there are any; the same one
     * in every request.
     *
     * @param realm the policy's
     * @param userId internal id of the user
     */
    public CibaPolicy forUser(RealmModel realm, String userId) {
        return Variants.of(get(CibaPolicyFactory.VARIANTS), realm.getId(), name(), userId)
                .map(this::with)
                .orElse(this);
    }

    private CibaPolicy with(Variant chosen) {
        return new CibaPolicy(
                new PolicyFacts(name(), version(), Optional.of(chosen.name())),
                chosen.over(component),
                channels,
                expiresIn,
                interval);
    }

    public String name() {
        return facts.name();
    }

    /** The version of a policy that an admin has made; the built-in one has none. */
    public Optional<Integer> version() {
        return facts.version();
    }

    public boolean isBuiltIn() {
        return version().isEmpty();
    }

    /** A setting as it is stored; empty if the policy leaves it to its default. */
    public Optional<String> stored(Setting<?> setting) {
        return setting.stored(component);
    }

    /**
     * Whether nobody has asked for anything else than Keycloak's own HTTP channel: then Keycloak's
     * own endpoint behaves as it does without the pack.
     */
    public boolean isKeycloaksOwnChannel() {
        return isBuiltIn() && channel().is(ChannelType.HTTP);
    }

    /** What events tell of the policy. */
    public PolicyFacts facts() {
        return facts;
    }

    /**
     * The value of any setting of the policy.
     *
     * @throws InvalidSettingException if the stored value cannot be; names the key
     */
    public <T> T get(Setting<T> setting) {
        return setting.of(component);
    }

    /**
     * How a client's requests match numbers: not at all where its screen shows none. A client whose
     * attribute does not tell shows them where the policy names the client.
     */
    public NumberMatching numberMatching(ClientModel client) {
        String attribute = client.getAttribute(NumberMatching.CLIENT_ATTRIBUTE);
        boolean isSilent = attribute == null || attribute.isBlank();
        boolean shown =
                isSilent
                        ? get(CibaPolicyFactory.CLIENTS).contains(client.getClientId())
                        : "true".equals(attribute);
        return shown ? get(CibaPolicyFactory.NUMBER_MATCHING) : NumberMatching.OFF;
    }

    /** How the user is reached, in order of preference; never empty. */
    public List<ChannelType> channels() {
        return channels;
    }

    /** The channels behind one of them, in order; none if it is not among them. */
    public List<ChannelType> channelsBehind(ChannelType channel) {
        return !channels.contains(channel)
                ? List.of()
                : channels.subList(channels.indexOf(channel) + 1, channels.size());
    }

    /** The channel that is tried first. */
    public ChannelType channel() {
        return channels.get(0);
    }

    /** Least time between two polls in seconds. */
    public int interval() {
        return interval;
    }

    /**
     * The lifetime that a request gets.
     *
     * @param requestedExpiry what the relying party asked for, in seconds (CIBA Core §7.1)
     * @return seconds, never more than the policy allows
     */
    public int lifetime(Optional<Integer> requestedExpiry) {
        int most = Math.max(get(CibaPolicyFactory.MAX_EXPIRES_IN), expiresIn);
        int life = requestedExpiry.map(asked -> Math.min(asked, most)).orElse(expiresIn);
        // what is stored may be older than the rule
        return isBuiltIn() || get(CibaPolicyFactory.ALLOW_LONG_LIVED)
                ? life
                : Math.min(life, CibaPolicyFactory.USUAL_LIFE);
    }
}
