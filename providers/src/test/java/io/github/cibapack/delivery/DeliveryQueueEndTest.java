// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static io.github.cibapack.delivery.RecordedDelivery.BUSY;
import static io.github.cibapack.delivery.RecordedDelivery.LONG;
import static io.github.cibapack.delivery.RecordedDelivery.REALM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of deliveries when the server stops. */
class DeliveryQueueEndTest extends SmallQueue {

    @Test
    void queuesThatStopTogetherHaveTheirTimeAtOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<DeliveryQueue> queues =
                IntStream.range(0, 4).mapToObj(i -> queueOf(2, 1, Duration.ofSeconds(1))).toList();
        for (DeliveryQueue each : queues) {
            RecordedDelivery running = new RecordedDelivery("slow", never);
            each.submit(running);
            assertThat(running.next()).isEqualTo("attempt");
        }

        long start = System.nanoTime();
        queues.forEach(DeliveryQueue::stop);
        queues.forEach(DeliveryQueue::close);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    @Test
    void pausingDeliveryGetsItsLastAttemptWhenTheQueueIsClosed() throws Exception {
        RecordedDelivery delivery = new RecordedDelivery(LONG, () -> Optional.of(BUSY));
        queue.submit(delivery);
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("retried: busy");
        queue.close();
        assertThat(delivery.rest()).containsExactly("attempt", "given up: busy");
        assertThat(queue.used()).isZero();
    }

    @Test
    void queuedDeliveriesAreSentWhenTheQueueIsClosed() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        RecordedDelivery running = new RecordedDelivery(REALM, closing);
        RecordedDelivery waiting = new RecordedDelivery(LONG, Optional::empty);
        queue.submit(running);
        queue.submit(waiting, LONG);
        assertThat(running.next()).isEqualTo("attempt");
        closing.countDown();
        queue.close();
        assertThat(waiting.rest()).containsExactly("attempt");
    }

    @Test
    void deliveryAfterTheEndIsNotSentAndLeavesItsPlace() {
        queue.close();
        RecordedDelivery late = new RecordedDelivery(LONG, Optional::empty);
        queue.submit(late);
        assertThat(late.rest()).isEmpty();
        assertThat(queue.used()).isZero();
    }

    @Test
    void stopWarnsOfDeliveriesAndNotOfPlacesThatAreOnlyReserved() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RecordedDelivery running = new RecordedDelivery(REALM, never);
        DeliveryQueue hasty = hasty();
        assertThat(hasty.submit(running)).isTrue();
        assertThat(running.next()).isEqualTo("attempt");
        assertThat(hasty.reserve(Share.of(REALM))).isPresent();

        assertThat(warnings(hasty::close))
                .containsExactly("1 CIBA mails were not sent before the server stopped");
    }

    @Test
    void stopIsSilentWhereAPlaceIsOnlyReserved() {
        DeliveryQueue hasty = hasty();
        assertThat(hasty.reserve(Share.of(REALM))).isPresent();

        assertThat(warnings(hasty::close)).isEmpty();
    }

    private static DeliveryQueue hasty() {
        return new DeliveryQueue("mail", new DeliveryQueue.Size(4, 1, Duration.ofMillis(100)));
    }

    private static List<String> warnings(Runnable action) {
        Logger log = Logger.getLogger(DeliveryQueue.class.getName());
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        warnings.add(new SimpleFormatter().formatMessage(entry));
                    }

                    @Override
                    public void flush() {
                        // nothing is kept back
                    }

                    @Override
                    public void close() {
                        // holds nothing
                    }
                };
        log.addHandler(handler);
        try {
            action.run();
        } finally {
            log.removeHandler(handler);
        }
        return warnings;
    }
}
