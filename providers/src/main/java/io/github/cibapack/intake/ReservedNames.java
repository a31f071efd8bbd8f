// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.intake;

import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.util.JsonSerialization;

/**
 * The names that the stored request uses itself. They are read off Keycloak's class, so that a
 * field that a later version adds is reserved as well.
 */
final class ReservedNames {
    private static final Set<String> NAMES = namesOf(CIBAAuthenticationRequest.class);

    private ReservedNames() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }

    private static Set<String> namesOf(Class<?> type) {
        var mapper = JsonSerialization.mapper;
        var bean = mapper.getSerializationConfig().introspect(mapper.constructType(type));
        return bean.findProperties().stream()
                .map(BeanPropertyDefinition::getName)
                .collect(Collectors.toUnmodifiableSet());
    }
}
