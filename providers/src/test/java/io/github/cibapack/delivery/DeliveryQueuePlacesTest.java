// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static io.github.cibapack.delivery.RecordedDelivery.BUSY;
import static io.github.cibapack.delivery.RecordedDelivery.LONG;
import static io.github.cibapack.delivery.RecordedDelivery.REALM;
import static io.github.cibapack.delivery.RecordedDelivery.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody takes the places, the memory or the workers of all. */
class DeliveryQueuePlacesTest extends SmallQueue {

    @Test
    void queueHasNoMorePlacesThanItSays() {
        DeliveryQueue.Place first = queue.reserve(Share.of(REALM)).orElseThrow();
        assertThat(queue.reserve(Share.of(REALM))).isPresent();
        assertThat(queue.reserve(Share.of("another"))).isPresent();
        assertThat(queue.reserve(Share.of("a third"))).isEmpty();
        assertThat(queue.submit(new RecordedDelivery(LONG, Optional::empty))).isFalse();
        first.release();
        first.release();
        assertThat(queue.used()).isEqualTo(2);
        assertThat(queue.reserve(Share.of("a third"))).isPresent();
        assertThat(queue.reserve(Share.of("a fourth"))).isEmpty();
    }

    @Test
    void realmLeavesPlacesToOthers() {
        assertThat(queue.reserve(Share.of(REALM))).isPresent();
        assertThat(queue.reserve(Share.of(REALM))).isPresent();

        assertThat(queue.reserve(Share.of(REALM))).isEmpty();
        assertThat(queue.reserve(Share.of("another"))).isPresent();
    }

    @Test
    void receiversThatDoNotAnswerHaveNoMorePlacesThanOneOfThem() throws Exception {
        Share one = new Share(REALM, "one");
        Share another = new Share(REALM, "another");
        try (DeliveryQueue shared = queueOf(64, 8, Duration.ZERO)) {
            for (Share failing : List.of(one, another, one, another, one, another)) {
                RecordedDelivery delivery = new RecordedDelivery(failing, () -> Optional.of(BUSY));
                assertThat(shared.submit(delivery)).isTrue();
                assertThat(delivery.next()).isEqualTo("attempt");
                assertThat(delivery.next()).isEqualTo("retried: busy");
            }
            // that of a request which has been decided meanwhile says nothing of them
            RecordedDelivery unwanted = new RecordedDelivery(another, Optional::empty);
            assertThat(shared.submit(unwanted.notCalling())).isTrue();
            assertThat(unwanted.next()).isEqualTo("attempt");
            until(() -> shared.used() == 6);
            while (shared.reserve(one).isPresent()) {
                assertThat(shared.used()).isLessThan(64);
            }

            assertThat(shared.reserve(another)).isEmpty();
            assertThat(shared.reserve(new Share(REALM, "one that answers"))).isPresent();
        }
    }

    @Test
    void realmLeavesMemoryToOthers() {
        DeliveryQueue.Size size = new DeliveryQueue.Size(20, 1, Duration.ofSeconds(5), 1000);
        try (DeliveryQueue shared = new DeliveryQueue("test", size)) {
            for (int i = 0; i < 5; i++) {
                assertThat(shared.submit(new RecordedDelivery("hoarder", 100))).isTrue();
            }
            assertThat(shared.submit(new RecordedDelivery("hoarder", 100))).isFalse();
            assertThat(shared.submit(new RecordedDelivery("another", 100))).isTrue();
            assertThat(shared.used()).isEqualTo(6);
        }
    }

    @Test
    void realmWithSlowReceiversLeavesWorkersToOthers() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (DeliveryQueue shared = queueOf(20, 2, Duration.ofSeconds(5))) {
            List<RecordedDelivery> hanging =
                    IntStream.range(0, 5)
                            .mapToObj(i -> new RecordedDelivery("slow", slow))
                            .toList();
            hanging.forEach(shared::submit);
            RecordedDelivery other = new RecordedDelivery(LONG, Optional::empty);
            assertThat(shared.submit(other)).isTrue();

            assertThat(other.next()).isEqualTo("attempt");
            until(() -> hanging.stream().anyMatch(each -> !each.rest().isEmpty()));
            assertThat(hanging.stream().filter(each -> !each.rest().isEmpty())).hasSize(1);
            slow.countDown();
            for (RecordedDelivery each : hanging) {
                assertThat(each.next()).isEqualTo("attempt");
            }
        }
    }
}
