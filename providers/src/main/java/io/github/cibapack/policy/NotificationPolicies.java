// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Finds the notification policy of a request: the client's, else that of its CIBA policy, else one
 * that is named {@code default}, else the built-in one.
 */
public final class NotificationPolicies {

    /** Client attribute: name of a notification policy. */
    public static final String CLIENT_ATTRIBUTE = "ciba.notification-policy";

    private final RealmModel realm;

    public NotificationPolicies(RealmModel realm) {
        this.realm = realm;
    }

    /**
     * The policy.
     *
     * @throws InvalidSettingException if one is named that does not exist: a request without limits
     *     is not accepted
     */
    public NotificationPolicy of(ClientModel client, CibaPolicy policy) {
        String ofClient = client.getAttribute(CLIENT_ATTRIBUTE);
        if (ofClient != null && !ofClient.isBlank()) {
            return named(ofClient.trim(), CLIENT_ATTRIBUTE);
        }
        return policy.get(CibaPolicyFactory.NOTIFICATION_POLICY)
                .map(name -> named(name, CibaPolicyFactory.NOTIFICATION_POLICY.key()))
                .orElseGet(this::ofRealm);
    }

    /** The policy of clients and CIBA policies that name none. */
    public NotificationPolicy ofRealm() {
        return component(NotificationPolicy.BUILT_IN)
                .map(found -> new NotificationPolicy(NotificationPolicy.BUILT_IN, found))
                .orElseGet(NotificationPolicy::builtIn);
    }

    private NotificationPolicy named(String name, String key) {
        if (NotificationPolicy.BUILT_IN.equals(name)) {
            return ofRealm();
        }
        return component(name)
                .map(found -> new NotificationPolicy(name, found))
                .orElseThrow(
                        () ->
                                new InvalidSettingException(
                                        key, "names a notification policy that does not exist"));
    }

    /** The names of all policies, the built-in one's among them. */
    public Set<String> names() {
        return Stream.concat(
                        Stream.of(NotificationPolicy.BUILT_IN),
                        SettingsComponentFactory.ofRealm(
                                        realm, NotificationPolicyFactory.PROVIDER_ID)
                                .map(NotificationPolicyFactory.NAME::of)
                                .flatMap(Optional::stream))
                .collect(Collectors.toSet());
    }

    private Optional<ComponentModel> component(String name) {
        return SettingsComponentFactory.ofRealm(
                        realm,
                        NotificationPolicyFactory.PROVIDER_ID,
                        NotificationPolicyFactory.NAME,
                        name)
                .findFirst()
                .map(SettingsComponentFactory::requireKnownSchema);
    }
}
