// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.webhook;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.store.AfterCommit;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;

/** Tells the webhooks of policies what the event list is told, after the commit. */
public final class Webhooks {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private final DeliveryQueue queue;

    public Webhooks(DeliveryQueue queue) {
        this.queue = queue;
    }

    /** Calls the webhook of the event's policy, if it has one. */
    public void tell(KeycloakSession session, Event event) {
        Webhook.of(session, event)
                .ifPresent(webhook -> AfterCommit.run(session, () -> submit(webhook)));
    }

    private void submit(Webhook webhook) {
        if (!queue.submit(webhook)) {
            Meters.webhook(webhook.realm(), "lost");
            LOG.warnf("Too many webhook calls wait: event %s is not told", webhook.eventId());
        }
    }
}
