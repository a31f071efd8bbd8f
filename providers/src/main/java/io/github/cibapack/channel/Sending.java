// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.delivery.DeliveryQueue;
import io.github.cibapack.email.MailTransport;
import io.github.cibapack.message.Outbox;
import io.github.cibapack.policy.ChannelType;
import io.github.cibapack.request.RequestEvent;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEventListener;

/** What this node sends with: a queue for each channel with messages, and one for what waits. */
final class Sending implements AutoCloseable {
    private final Map<String, DeliveryQueue> queues = new HashMap<>();
    private final KeycloakSessionFactory sessions;
    private final ProviderEventListener decisions = RequestEvent.listener(this::hurry);
    private final DeliveryQueue steps;
    private final MailTransport mails;

    /**
     * Queues that start their workers when they are needed.
     *
     * @param sizes of the queues, by the value of their channel
     * @param steps how many later channels of requests may wait for their time
     * @param mails carries all mails; closed with the queues
     */
    Sending(
            KeycloakSessionFactory sessions,
            Map<String, DeliveryQueue.Size> sizes,
            DeliveryQueue.Size steps,
            MailTransport mails) {
        this.sessions = sessions;
        this.steps = new DeliveryQueue("step", steps);
        this.mails = mails;
        for (ChannelKind kind : ChannelKind.kinds()) {
            kind.queue().ifPresent(queue -> open(kind, queue, sizes.get(kind.value())));
        }
        Meters.gauge(
                "ciba_steps_waiting",
                "Later channels of requests that wait on this node for their time",
                this.steps::used);
        sessions.register(decisions);
    }

    /** What waits for its time, or for another try, finds that it is not needed any more. */
    private void hurry(RequestEvent event) {
        if (event instanceof RequestEvent.Decided) {
            steps.hurry(event.request().id());
            queues.values().forEach(queue -> queue.hurry(event.request().id()));
        }
    }

    private void open(ChannelKind kind, ChannelQueue channel, DeliveryQueue.Size size) {
        DeliveryQueue queue = new DeliveryQueue(channel.name(), size);
        queues.put(kind.value(), queue);
        Meters.queued(kind.value(), queue::used);
    }

    Outbox outbox(ChannelType channel) {
        return new Outbox(sessions, queues.get(channel.value()));
    }

    DeliveryQueue steps() {
        return steps;
    }

    MailTransport mails() {
        return mails;
    }

    /** The time of the drain begins, in all queues at once. */
    void stop() {
        steps.stop();
        queues.values().forEach(DeliveryQueue::stop);
    }

    /** What waits for its time goes on to its queue at once: rather early than never. */
    @Override
    public void close() {
        sessions.unregister(decisions);
        stop();
        steps.close();
        queues.values().forEach(DeliveryQueue::close);
        mails.close();
    }
}
