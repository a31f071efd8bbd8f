// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Optional;
import org.keycloak.component.ComponentModel;

/**
 * The settings that hold for one authentication request: a named CIBA policy of the realm, or the
 * built-in one.
 */
public final class CibaPolicy {

    /** The name of the policy of a realm that defines none. */
    public static final String BUILT_IN = "default";

    private final String name;
    private final ComponentModel component;
    private final List<Channel> channels;
    private final int expiresIn;
    private final int interval;

    private CibaPolicy(
            String name,
            ComponentModel component,
            List<Channel> channels,
            int expiresIn,
            int interval) {
        this.name = name;
        this.component = component;
        this.channels = List.copyOf(channels);
        this.expiresIn = expiresIn;
        this.interval = interval;
    }

    /** A policy that an admin has made. */
    static CibaPolicy named(String name, ComponentModel component, List<Channel> channels) {
        return new CibaPolicy(
                name,
                component,
                channels,
                CibaPolicyFactory.EXPIRES_IN.of(component),
                CibaPolicyFactory.INTERVAL.of(component));
    }

    /** The built-in policy, with the two values that a realm can set without any policy. */
    static CibaPolicy builtIn(Channel channel, int expiresIn, int interval) {
        return new CibaPolicy(
                BUILT_IN, new ComponentModel(), List.of(channel), expiresIn, interval);
    }

    public String name() {
        return name;
    }

    /** Whether it is the policy of a realm that has not made any. */
    public boolean isBuiltIn() {
        return component.getId() == null;
    }

    /** A setting as it is stored; nothing where the policy leaves it to its default. */
    public Optional<String> stored(Setting<?> setting) {
        return setting.stored(component);
    }

    /**
     * The value of any setting of the policy.
     *
     * @throws InvalidSettingException where the stored value cannot be; names the key
     */
    public <T> T get(Setting<T> setting) {
        return setting.of(component);
    }

    /** How the user is reached, in order of preference; never empty. */
    public List<Channel> channels() {
        return channels;
    }

    /** The channel that is tried first. */
    public Channel channel() {
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
        return requestedExpiry.map(asked -> Math.min(asked, most)).orElse(expiresIn);
    }
}
