// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import io.github.cibapack.spi.WithoutLifeCycle;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Hears of each realm that an admin saves, whose tab of the console shows its attributes. */
public final class RealmSettingsListenerFactory
        implements EventListenerProviderFactory, WithoutLifeCycle<EventListenerProvider> {
    public static final String PROVIDER_ID = "ciba-realm-settings";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {
                // people and clients do not save realms
            }

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                if (event.getResourceType() == ResourceType.REALM
                        && event.getOperationType() == OperationType.UPDATE) {
                    RealmModel realm = session.realms().getRealm(event.getRealmId());
                    if (realm != null) {
                        RealmSettingsTabFactory.refresh(realm);
                    }
                }
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    /** It works without being listed in a realm. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }
}
