// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.webhook.Webhooks;
import java.util.Map;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/** Listens to Keycloak's events, for what is told of them and what only they tell. */
final class ObservationListener implements EventListenerProvider {
    private final KeycloakSession session;
    private final RequestMetrics metrics;
    private final Webhooks webhooks;

    ObservationListener(KeycloakSession session, RequestMetrics metrics, Webhooks webhooks) {
        this.session = session;
        this.metrics = metrics;
        this.webhooks = webhooks;
    }

    @Override
    public void onEvent(Event event) {
        Map<String, String> details = event.getDetails();
        if (details != null) {
            CibaEvent.of(details.get(CibaEvents.CIBA_EVENT))
                    .ifPresent(step -> onEvent(step, event));
        }
    }

    private void onEvent(CibaEvent step, Event event) {
        String realm = event.getRealmName();
        String channel = failedChannel(step, event.getDetails());
        AfterCommit.run(session, () -> metrics.count(realm, step, channel));
        webhooks.tell(session, event);
    }

    /** Where another one has taken over, the event names the failed one with its reason. */
    private static String failedChannel(CibaEvent step, Map<String, String> details) {
        return step == CibaEvent.REROUTED
                ? details.getOrDefault(CibaEvents.FAILED_CHANNELS, "").split(":", 2)[0]
                : details.getOrDefault(CibaEvents.CHANNEL, "");
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // of no interest
    }

    @Override
    public void close() {
        // holds nothing
    }
}
