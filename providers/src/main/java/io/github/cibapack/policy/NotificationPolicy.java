// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Optional;
import org.keycloak.component.ComponentModel;

/** The limits that hold for one authentication request. */
public final class NotificationPolicy {

    /** The name of the policy that is always there. */
    public static final String BUILT_IN = "default";

    private static final int DEFAULT_TOTAL = 50;
    private static final int WHOLE = 100;

    private final String name;
    private final ComponentModel component;

    public NotificationPolicy(String name, ComponentModel component) {
        this.name = name;
        this.component = component;
    }

    /** The defaults of all settings, and pauses that stop a flood. */
    static NotificationPolicy builtIn() {
        ComponentModel defaults = new ComponentModel();
        defaults.put(NotificationPolicyFactory.GROWING_PAUSES.key(), true);
        return new NotificationPolicy(BUILT_IN, defaults);
    }

    public String name() {
        return name;
    }

    public boolean isBuiltIn() {
        return component.getId() == null;
    }

    /** A setting as it is stored; empty if the policy leaves it to its default. */
    public Optional<String> stored(Setting<?> setting) {
        return setting.stored(component);
    }

    /**
     * The value of any setting of the policy.
     *
     * @throws InvalidSettingException if the stored value cannot be; names the key
     */
    public <T> T get(Setting<T> setting) {
        return setting.of(component);
    }

    /** E-mails that may be responded to; where there is one, {@link #unclaimed()} is another. */
    public Optional<Integer> claimed() {
        return get(NotificationPolicyFactory.CLAIMED);
    }

    /** E-mails without a response, or all of them where claimed ones are not told apart. */
    public int unclaimed() {
        return get(NotificationPolicyFactory.UNCLAIMED)
                .or(() -> get(NotificationPolicyFactory.TOTAL))
                .orElse(DEFAULT_TOTAL);
    }

    /** What one client may use of a number: its share, at least one, and never the whole. */
    public int shareOf(int number) {
        int share = number * get(NotificationPolicyFactory.CLIENT_SHARE) / WHOLE;
        return Math.max(1, Math.min(share, number - 1));
    }

    /** What one client may have pending for one user: never all that the user may have. */
    public int pendingPerClientAndUser() {
        int all = get(NotificationPolicyFactory.PENDING_PER_USER);
        return Math.max(
                1, Math.min(get(NotificationPolicyFactory.PENDING_PER_CLIENT_AND_USER), all - 1));
    }
}
