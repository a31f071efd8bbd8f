// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.webhook;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.store.AfterCommit;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;

/** Tells the webhooks of policies what the event list is told, after the commit. */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final DeliveryQueue queue;

    /**
     * The webhook calls of this node.
     *
     * @param places calls that may be on their way at a time, waiting ones included
     * @param workers threads
     */
    public Webhooks(int places, int workers) {
        this.queue = new DeliveryQueue("webhook", new DeliveryQueue.Size(places, workers, GOODBYE));
        Meters.gauge(
                "ciba_webhooks_queued",
                "Webhook calls of this node that are on their way",
                queue::used);
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

    /** The time of the drain begins. */
    public void stop() {
        queue.stop();
    }

    @Override
    public void close() {
        queue.close();
    }
}
