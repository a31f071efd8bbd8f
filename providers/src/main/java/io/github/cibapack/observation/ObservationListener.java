// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.observation;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.webhook.Webhook;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/**
 * Listens to the pack's events and triggers counters, webhooks and expiry events after their
 * transaction has committed.
 */
final class ObservationListener implements EventListenerProvider {
    private static final Logger LOG = Logger.getLogger(ObservationListener.class);

    private final KeycloakSession session;
    private final ExpiryWatch watch;
    private final DeliveryQueue webhooks;

    ObservationListener(KeycloakSession session, ExpiryWatch watch, DeliveryQueue webhooks) {
        this.session = session;
        this.watch = watch;
        this.webhooks = webhooks;
    }

    @Override
    public void onEvent(Event event) {
        Map<String, String> details = event.getDetails();
        Optional<CibaEvent> step =
                details == null
                        ? Optional.empty()
                        : CibaEvent.of(details.get(CibaEvents.CIBA_EVENT));
        if (step.isEmpty()) {
            return;
        }
        Event copy = event.clone();
        Optional<Webhook> webhook = Webhook.of(session, copy);
        AfterCommit.run(
                session,
                () -> {
                    happened(step.get(), copy);
                    webhook.ifPresent(this::submit);
                });
    }

    private void submit(Webhook webhook) {
        if (!webhooks.submit(webhook)) {
            Meters.webhook(webhook.realm(), "lost");
            LOG.warnf("Too many webhook calls wait: event %s is not told", webhook.eventId());
        }
    }

    private void happened(CibaEvent step, Event event) {
        String realm = event.getRealmName();
        switch (step) {
            case REQUESTED -> {
                Meters.request(realm, "accepted");
                watch.add(event);
            }
            case REFUSED, THROTTLED, CANCELLED, CANCELLED_BY_CLIENT, REPEATED, EXPIRED ->
                    Meters.request(realm, step.detail());
            case SENT -> Meters.mail(realm, "sent");
            case SEND_FAILED, REROUTED -> Meters.mail(realm, "failed");
            case APPROVED, DENIED, REPORTED, WRONG_NUMBER, REVOKED ->
                    Meters.decision(realm, step.detail());
            case REDEEMED -> Meters.redemption(realm, "redeemed");
            case REDEMPTION_REFUSED -> Meters.redemption(realm, "refused");
            default -> {
                // nothing to count
            }
        }
        countVariant(step, event);
    }

    private static void countVariant(CibaEvent step, Event event) {
        String variant = event.getDetails().get(CibaEvents.CIBA_VARIANT);
        if (variant == null) {
            return;
        }
        Optional<String> outcome =
                switch (step) {
                    case REQUESTED -> Optional.of("accepted");
                    case APPROVED, DENIED, REPORTED, WRONG_NUMBER, EXPIRED ->
                            Optional.of(step.detail());
                    default -> Optional.empty();
                };
        outcome.ifPresent(
                known ->
                        Meters.variant(
                                event.getRealmName(),
                                event.getDetails().get(CibaEvents.CIBA_POLICY),
                                variant,
                                known));
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
