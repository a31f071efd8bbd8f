// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.demo.Display.Stage;
import io.github.cibapack.it.rp.Answer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A device's display, and the one thread that does its work. */
final class Screen implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Screen::daemon);
    private final Consumer<Display> onChange;
    private Display display = Display.ready();

    /**
     * An idle device.
     *
     * @param onChange gets each new display
     */
    Screen(Consumer<Display> onChange) {
        this.onChange = onChange;
    }

    /**
     * Takes an order.
     *
     * @param message what is ordered
     * @param work what the device does first
     * @return false if another order is under way
     */
    synchronized boolean begin(String message, Runnable work) {
        if (!display.stage().takesOrders()) {
            return false;
        }
        show(Display.asking(message));
        thread.execute(guarded(work));
        return true;
    }

    /** Shows that the user is asked, and works on after some seconds. */
    synchronized void waitFor(Answer undecided, int seconds, Runnable work) {
        long lifetime = undecided.json().path("expires_in").asLong();
        if (lifetime > 0) {
            show(display.waitingUntil(Instant.now().getEpochSecond() + lifetime));
        }
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, thread).execute(guarded(work));
    }

    synchronized void done(Map<String, Object> verified) {
        show(display.done(verified));
    }

    /** Ends the order with the answer's own words. */
    synchronized void end(Stage stage, Answer answer) {
        show(
                display.ended(
                        stage,
                        answer.errorDescription().isEmpty()
                                ? "HTTP status " + answer.status()
                                : answer.errorDescription()));
    }

    synchronized String message() {
        return display.message();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** A server that is gone, or a token that does not verify, must not leave a device waiting. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (UncheckedIOException e) {
                fail("No answer from the server: " + e.getMessage());
            } catch (RuntimeException e) {
                fail(String.valueOf(e.getMessage()));
            }
        };
    }

    private synchronized void fail(String why) {
        show(display.ended(Stage.FAILED, why));
    }

    private void show(Display next) {
        display = next;
        onChange.accept(next);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "demo-device");
        thread.setDaemon(true);
        return thread;
    }
}
