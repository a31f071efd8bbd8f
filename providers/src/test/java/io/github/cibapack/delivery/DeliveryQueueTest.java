// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static io.github.cibapack.delivery.RecordedDelivery.BUSY;
import static io.github.cibapack.delivery.RecordedDelivery.LONG;
import static io.github.cibapack.delivery.RecordedDelivery.await;
import static io.github.cibapack.delivery.RecordedDelivery.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is queued is tried, and tried again. */
class DeliveryQueueTest extends SmallQueue {

    @Test
    void deliveryThatSucceedsIsTriedOnceAndLeavesItsPlace() throws Exception {
        RecordedDelivery delivery = new RecordedDelivery(LONG, Optional::empty);
        assertThat(queue.submit(delivery)).isTrue();
        assertThat(delivery.next()).isEqualTo("attempt");
        queue.close();
        assertThat(delivery.rest()).isEmpty();
        assertThat(queue.used()).isZero();
    }

    @Test
    void deliveryThatFailsIsTriedAgainAfterAPauseInItsPlace() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>(List.of(BUSY));
        RecordedDelivery delivery =
                new RecordedDelivery(
                        LONG,
                        () ->
                                failures.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(failures.remove(0)));
        long start = System.nanoTime();
        queue.submit(delivery);
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("retried: busy");
        assertThat(queue.used()).isEqualTo(1);
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(850));
    }

    @Test
    void deliveryWhoseTimeIsOverIsGivenUpWithTheLastReason() throws Exception {
        RecordedDelivery delivery = new RecordedDelivery(Duration.ZERO, () -> Optional.of(BUSY));
        queue.submit(delivery);
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("given up: busy");
    }

    @Test
    void lastAttemptComesWhenTheTimeIsOver() throws Exception {
        RecordedDelivery delivery =
                new RecordedDelivery(Duration.ofMillis(1500), () -> Optional.of(BUSY));
        queue.submit(delivery);
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("retried: busy");
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("retried: busy");
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("given up: busy");
    }

    @Test
    void deliveryThatThrowsIsLostAndLeavesItsPlace() throws Exception {
        RecordedDelivery delivery =
                new RecordedDelivery(
                        LONG,
                        () -> {
                            throw new IllegalStateException(BUSY);
                        });
        queue.submit(delivery);
        assertThat(delivery.next()).isEqualTo("attempt");
        queue.close();
        assertThat(delivery.rest()).isEmpty();
        assertThat(queue.used()).isZero();
    }

    @Test
    void whatIsQueuedAboutSomethingIsBroughtForwardAndNothingElse() throws Exception {
        RecordedDelivery wanted = new RecordedDelivery(LONG, Optional::empty);
        RecordedDelivery other = new RecordedDelivery("another", 1);
        assertThat(queue.submit(wanted, LONG)).isTrue();
        assertThat(queue.submit(other, LONG)).isTrue();

        queue.hurry(wanted.load().about());

        assertThat(wanted.next()).isEqualTo("attempt");
        until(() -> queue.used() == 1);
        assertThat(other.rest()).isEmpty();
    }

    /** Its pause is an hour long, and so is the next one unless it is ended, too. */
    @Test
    void whatIsBroughtForwardDuringAnAttemptHasNoPauseAfterIt() throws Exception {
        CountDownLatch hurried = new CountDownLatch(1);
        RecordedDelivery delivery =
                new RecordedDelivery(
                        LONG,
                        () -> {
                            await(hurried);
                            return Optional.of(BUSY);
                        });
        queue.submit(delivery, LONG);
        queue.hurry(delivery.load().about());
        assertThat(delivery.next()).isEqualTo("attempt");

        queue.hurry(delivery.load().about());
        hurried.countDown();

        assertThat(delivery.next()).isEqualTo("retried: busy");
        assertThat(delivery.next()).isEqualTo("attempt");
    }
}
