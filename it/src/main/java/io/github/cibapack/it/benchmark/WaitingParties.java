// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Relying parties that wait for a decision, and would have their tokens within two seconds of it:
 * by a poll every two seconds, or by a long poll after the other.
 */
final class WaitingParties {
    private static final Duration FRESHNESS = Duration.ofSeconds(2);

    /** More than any poll may take. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(90);

    private final Contestant server;

    private final Duration cycle;

    /** From the beginning of a poll to the next one, at least. */
    private final Duration apart;

    /** From an answer to the next poll, at least. */
    private final Duration pause;

    private final List<HttpRequest> polls;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final Phaser underWay = new Phaser(1);
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong early = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean over;

    private WaitingParties(
            Contestant server,
            Duration cycle,
            Duration apart,
            Duration pause,
            List<HttpRequest> polls) {
        this.server = server;
        this.cycle = cycle;
        this.apart = apart;
        this.pause = pause;
        this.polls = polls;
    }

    static WaitingParties polling(Contestant server, List<Contestant.Pending> requests) {
        return new WaitingParties(
                server,
                FRESHNESS,
                FRESHNESS,
                ClosedLoop.INTERVAL,
                requests.stream().map(request -> poll(request).build()).toList());
    }

    static WaitingParties longPolling(
            Contestant server, List<Contestant.Pending> requests, int seconds) {
        return new WaitingParties(
                server,
                Duration.ofSeconds(seconds),
                Duration.ZERO,
                Duration.ZERO,
                requests.stream()
                        .map(request -> poll(request).header("Prefer", "wait=" + seconds).build())
                        .toList());
    }

    private static HttpRequest.Builder poll(Contestant.Pending request) {
        Form form =
                Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", request.authReqId());
        return HttpRequest.newBuilder(request.party().tokenEndpoint())
                .timeout(TIME_LIMIT)
                .header("Authorization", request.party().basic())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()));
    }

    /**
     * What waiting costs.
     *
     * @param processorSeconds of the server, per minute
     * @param inTime how many of the polls were answered that should have been, in percent
     */
    record Cost(double processorSeconds, double inTime) {}

    /** What all of them cost in a while after all have begun. */
    Cost measure(Duration time) throws Exception {
        return during(
                () -> {
                    double before = server.processorSeconds();
                    long answered = answers.get();
                    long began = System.nanoTime();
                    LockSupport.parkNanos(time.toNanos());
                    double seconds = (System.nanoTime() - began) / 1e9;
                    return new Cost(
                            (server.processorSeconds() - before) * 60 / seconds,
                            Math.min(100, 100 * (answers.get() - answered) / due(seconds)));
                });
    }

    private double due(double seconds) {
        return polls.size() * seconds * 1e9 / cycle.toNanos();
    }

    /** Does something while all of them wait; they begin one after the other, spread evenly. */
    <T> T during(Callable<T> action) throws Exception {
        try {
            for (int i = 0; i < polls.size(); i++) {
                HttpRequest poll = polls.get(i);
                sendLater(poll, cycle.toNanos() * i / polls.size());
            }
            LockSupport.parkNanos(cycle.plus(FRESHNESS).toNanos());
            T result = action.call();
            if (failure.get() != null) {
                throw new IllegalStateException(failure.get());
            }
            ClosedLoop.requireFew(early.get(), answers.get());
            return result;
        } finally {
            over = true;
            underWay.arriveAndAwaitAdvance();
            clock.shutdownNow();
        }
    }

    private void sendLater(HttpRequest poll, long nanos) {
        Future<?> unused = clock.schedule(() -> send(poll), nanos, TimeUnit.NANOSECONDS);
    }

    private void send(HttpRequest poll) {
        if (over) {
            return;
        }
        underWay.register();
        long began = System.nanoTime();
        CompletableFuture<?> unused =
                http.sendAsync(poll, HttpResponse.BodyHandlers.ofString())
                        .whenComplete(
                                (answer, failed) -> {
                                    try {
                                        answered(poll, began, answer, failed);
                                    } finally {
                                        underWay.arriveAndDeregister();
                                    }
                                });
    }

    private void answered(
            HttpRequest poll, long began, HttpResponse<String> answer, Throwable failed) {
        if (failed != null) {
            failure.compareAndSet(null, failed);
            return;
        }
        if (answer.body().contains("slow_down")) {
            early.incrementAndGet();
        } else if (!answer.body().contains("authorization_pending")) {
            failure.compareAndSet(null, new IllegalStateException(answer.body()));
            return;
        }
        answers.incrementAndGet();
        if (!over) {
            long rest = began + apart.toNanos() - System.nanoTime();
            sendLater(poll, Math.max(pause.toNanos(), rest));
        }
    }
}
