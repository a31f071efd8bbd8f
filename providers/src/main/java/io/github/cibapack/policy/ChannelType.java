// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A way to reach a user, as settings and events know it. The types are found as services, so that
 * one that is added changes nothing but the list of services.
 */
public interface ChannelType {

    /** An e-mail with a magic link. */
    String EMAIL = "email";

    /** Keycloak's own HTTP authentication channel, an external decoupled-authentication server. */
    String HTTP = "http";

    /** The value in settings and events. */
    String value();

    /** Where it stands in lists for admins: the smallest number comes first. */
    int rank();

    /**
     * Whether it sends a message with a link to the page, after the request is stored; it then
     * counts towards the limits for messages.
     */
    default boolean sendsMessage() {
        return false;
    }

    /** Whether another server takes the decision, and there is no page for it. */
    default boolean isDecidedElsewhere() {
        return false;
    }

    /** Whether it writes to the user's e-mail address, which then must stay the same. */
    default boolean writesToAddress() {
        return false;
    }

    /**
     * The attributes that say where it reaches the user, which then must stay the same.
     *
     * @param policy that uses it
     */
    default List<String> attributesTold(CibaPolicy policy) {
        return List.of();
    }

    /** What a CIBA policy can say about it. */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /** Those of its settings without which a policy cannot use it. */
    default List<Setting<?>> required() {
        return List.of();
    }

    default boolean is(String value) {
        return value().equals(value);
    }

    /** All types, in the order of their ranks. */
    static List<ChannelType> all() {
        return Known.TYPES;
    }

    /**
     * The type with this value.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ChannelType of(String value) {
        return all().stream()
                .filter(type -> type.is(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no channel " + value));
    }

    /** Looked for once, when they are first needed. */
    final class Known {
        private static final List<ChannelType> TYPES =
                ServiceLoader.load(ChannelType.class, ChannelType.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparingInt(ChannelType::rank))
                        .toList();

        private Known() {}
    }
}
