// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveryQueueTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final String BUSY = "busy";
    private static final String REALM = "realm";

    private final DeliveryQueue queue =
            new DeliveryQueue("test", new DeliveryQueue.Size(3, 1, Duration.ofSeconds(5), 1000));

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void deliveryThatSucceedsIsTriedOnceAndLeavesItsPlace() throws Exception {
        Recorded delivery = new Recorded(LONG, Optional::empty);
        assertThat(queue.submit(delivery)).isTrue();
        assertThat(delivery.next()).isEqualTo("attempt");
        queue.close();
        assertThat(delivery.rest()).isEmpty();
        assertThat(queue.used()).isZero();
    }

    @Test
    void deliveryThatFailsIsTriedAgainAfterAPauseInItsPlace() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>(List.of(BUSY));
        Recorded delivery =
                new Recorded(
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
        Recorded delivery = new Recorded(Duration.ZERO, () -> Optional.of(BUSY));
        queue.submit(delivery);
        assertThat(delivery.next()).isEqualTo("attempt");
        assertThat(delivery.next()).isEqualTo("given up: busy");
    }

    @Test
    void lastAttemptComesWhenTheTimeIsOver() throws Exception {
        Recorded delivery = new Recorded(Duration.ofMillis(1500), () -> Optional.of(BUSY));
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
        Recorded delivery =
                new Recorded(
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
    void queueHasNoMorePlacesThanItSays() {
        DeliveryQueue.Place first = queue.reserve(Share.of(REALM)).orElseThrow();
        assertThat(queue.reserve(Share.of(REALM))).isPresent();
        assertThat(queue.reserve(Share.of("another"))).isPresent();
        assertThat(queue.reserve(Share.of("a third"))).isEmpty();
        assertThat(queue.submit(new Recorded(LONG, Optional::empty))).isFalse();
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
                Recorded delivery = new Recorded(failing, () -> Optional.of(BUSY));
                assertThat(shared.submit(delivery)).isTrue();
                assertThat(delivery.next()).isEqualTo("attempt");
                assertThat(delivery.next()).isEqualTo("retried: busy");
            }
            // that of a request which has been decided meanwhile says nothing of them
            Recorded unwanted = new Recorded(another, Optional::empty);
            assertThat(shared.submit(new NotCalling(unwanted))).isTrue();
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
                assertThat(shared.submit(new Recorded("hoarder", 100))).isTrue();
            }
            assertThat(shared.submit(new Recorded("hoarder", 100))).isFalse();
            assertThat(shared.submit(new Recorded("another", 100))).isTrue();
            assertThat(shared.used()).isEqualTo(6);
        }
    }

    @Test
    void realmWithSlowReceiversLeavesWorkersToOthers() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        try (DeliveryQueue shared = queueOf(20, 2, Duration.ofSeconds(5))) {
            List<Recorded> hanging =
                    IntStream.range(0, 5).mapToObj(i -> new Recorded("slow", slow)).toList();
            hanging.forEach(shared::submit);
            Recorded other = new Recorded(LONG, Optional::empty);
            assertThat(shared.submit(other)).isTrue();

            assertThat(other.next()).isEqualTo("attempt");
            until(() -> hanging.stream().anyMatch(each -> !each.rest().isEmpty()));
            assertThat(hanging.stream().filter(each -> !each.rest().isEmpty())).hasSize(1);
            slow.countDown();
            for (Recorded each : hanging) {
                assertThat(each.next()).isEqualTo("attempt");
            }
        }
    }

    @Test
    void whatIsQueuedAboutSomethingIsBroughtForwardAndNothingElse() throws Exception {
        Recorded wanted = new Recorded(LONG, Optional::empty);
        Recorded other = new Recorded("another", 1);
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
        Recorded delivery =
                new Recorded(
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

    @Test
    void queuesThatStopTogetherHaveTheirTimeAtOnce() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        List<DeliveryQueue> queues =
                IntStream.range(0, 4).mapToObj(i -> queueOf(2, 1, Duration.ofSeconds(1))).toList();
        for (DeliveryQueue each : queues) {
            Recorded running = new Recorded("slow", never);
            each.submit(running);
            assertThat(running.next()).isEqualTo("attempt");
        }

        long start = System.nanoTime();
        queues.forEach(DeliveryQueue::stop);
        queues.forEach(DeliveryQueue::close);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static DeliveryQueue queueOf(int places, int workers, Duration drain) {
        return new DeliveryQueue("test", new DeliveryQueue.Size(places, workers, drain));
    }

    @Test
    void pausingDeliveryGetsItsLastAttemptWhenTheQueueIsClosed() throws Exception {
        Recorded delivery = new Recorded(LONG, () -> Optional.of(BUSY));
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
        Recorded running = new Recorded(REALM, closing);
        Recorded waiting = new Recorded(LONG, Optional::empty);
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
        Recorded late = new Recorded(LONG, Optional::empty);
        queue.submit(late);
        assertThat(late.rest()).isEmpty();
        assertThat(queue.used()).isZero();
    }

    @Test
    void stopWarnsOfDeliveriesAndNotOfPlacesThatAreOnlyReserved() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Recorded running = new Recorded(REALM, never);
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A delivery that finds that there is nothing to send any more. */
    private record NotCalling(Recorded like) implements Delivery {
        @Override
        public String label() {
            return like.label();
        }

        @Override
        public Load load() {
            return like.load();
        }

        @Override
        public Backoff backoff() {
            return like.backoff();
        }

        @Override
        public Optional<String> attempt() {
            return like.attempt();
        }

        @Override
        public boolean hasCalled() {
            return false;
        }

        @Override
        public void retried(String reason) {
            like.retried(reason);
        }

        @Override
        public void giveUp(String reason) {
            like.giveUp(reason);
        }
    }

    /** A delivery that remembers what happens to it. */
    private record Recorded(
            Load load,
            Duration within,
            Supplier<Optional<String>> outcome,
            BlockingQueue<String> happened)
            implements Delivery {
        Recorded(Duration within, Supplier<Optional<String>> outcome) {
            this(Share.of(REALM), 1, within, outcome);
        }

        Recorded(Share share, Supplier<Optional<String>> outcome) {
            this(share, 1, LONG, outcome);
        }

        /** Takes memory, and pauses for long. */
        Recorded(String realm, long bytes) {
            this(Share.of(realm), bytes, LONG, () -> Optional.of(BUSY));
        }

        /** Hangs until it is let go. */
        Recorded(String realm, CountDownLatch until) {
            this(
                    Share.of(realm),
                    1,
                    LONG,
                    () -> {
                        DeliveryQueueTest.await(until);
                        return Optional.empty();
                    });
        }

        private Recorded(
                Share share, long bytes, Duration within, Supplier<Optional<String>> outcome) {
            this(
                    new Load(share, UUID.randomUUID().toString(), bytes),
                    within,
                    outcome,
                    new LinkedBlockingQueue<>());
        }

        String next() throws InterruptedException {
            return happened.poll(20, TimeUnit.SECONDS);
        }

        List<String> rest() {
            return List.copyOf(happened);
        }

        @Override
        public String label() {
            return "A test";
        }

        @Override
        public Backoff backoff() {
            return new Backoff(Duration.ofMinutes(1), within);
        }

        @Override
        public Optional<String> attempt() {
            happened.add("attempt");
            return outcome.get();
        }

        @Override
        public void retried(String reason) {
            happened.add("retried: " + reason);
        }

        @Override
        public void giveUp(String reason) {
            happened.add("given up: " + reason);
        }
    }
}
