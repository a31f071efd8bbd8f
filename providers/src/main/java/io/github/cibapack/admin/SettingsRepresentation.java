// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings that hold for a client.
 *
 * @param policies the entries of the client's list of CIBA policies
 * @param policy the CIBA policy, and why it is this one
 * @param settings its settings
 * @param notificationPolicy the notification policy, and why it is this one
 * @param notificationSettings its settings
 * @param attributes the client's own attributes that begin with {@code ciba.}
 * @param problems what keeps a setting from being used
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SettingsRepresentation(
        String client,
        boolean cibaEnabled,
        List<String> policies,
        Value policy,
        List<Value> settings,
        Value notificationPolicy,
        List<Value> notificationSettings,
        Map<String, String> attributes,
        List<String> problems) {

    /** Where a value comes from. */
    enum Level {
        /** The request asked for it with {@code acr_values}. */
        REQUEST,
        CLIENT_ATTRIBUTE,
        CIBA_POLICY,
        NOTIFICATION_POLICY,
        REALM_ATTRIBUTE,
        /** Keycloak's own settings of the realm. */
        REALM_SETTING,
        SERVER_OPTION,
        /** The built-in default. */
        BUILT_IN
    }

    /**
     * A value and where it comes from.
     *
     * @param value as an admin would write it; missing if there is none
     * @param level where it comes from
     * @param source the name, there, of what says so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Value(String key, String value, String level, String source) {

        static Value builtIn(String key, String value) {
            return of(key, value, Level.BUILT_IN, null);
        }

        static Value of(String key, String value, Level level, String source) {
            return new Value(
                    key,
                    value == null || value.isEmpty() ? null : value,
                    level.name().toLowerCase(Locale.ROOT),
                    source);
        }
    }
}
