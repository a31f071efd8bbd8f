// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import io.github.cibapack.outbound.UndeliveredException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A delivery that remembers what happens to it. */
record RecordedDelivery(
        Load load,
        Duration within,
        Supplier<Optional<String>> outcome,
        boolean hasCalled,
        BlockingQueue<String> happened)
        implements Delivery {
    static final Duration LONG = Duration.ofHours(1);
    static final String BUSY = "busy";
    static final String REALM = "realm";

    RecordedDelivery(Duration within, Supplier<Optional<String>> outcome) {
        this(Share.of(REALM), 1, within, outcome);
    }

    RecordedDelivery(Share share, Supplier<Optional<String>> outcome) {
        this(share, 1, LONG, outcome);
    }

    /** Takes memory, and pauses for long. */
    RecordedDelivery(String realm, long bytes) {
        this(Share.of(realm), bytes, LONG, () -> Optional.of(BUSY));
    }

    /** Hangs until it is let go. */
    RecordedDelivery(String realm, CountDownLatch until) {
        this(
                Share.of(realm),
                1,
                LONG,
                () -> {
                    await(until);
                    return Optional.empty();
                });
    }

    private RecordedDelivery(
            Share share, long bytes, Duration within, Supplier<Optional<String>> outcome) {
        this(
                new Load(share, UUID.randomUUID().toString(), bytes),
                within,
                outcome,
                true,
                new LinkedBlockingQueue<>());
    }

    /** The same, which finds that there is nothing to send any more. */
    RecordedDelivery notCalling() {
        return new RecordedDelivery(load, within, outcome, false, happened);
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
    public void attempt() throws UndeliveredException {
        happened.add("attempt");
        Optional<String> failure = outcome.get();
        if (failure.isPresent()) {
            throw UndeliveredException.forNow(failure.get());
        }
    }

    @Override
    public void retried(String reason) {
        happened.add("retried: " + reason);
    }

    @Override
    public void giveUp(String reason) {
        happened.add("given up: " + reason);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
