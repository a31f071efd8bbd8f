// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.PasswordLogin;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Alice's banking app: calls the transfer API through its gateway, and repeats its own call with
 * the transaction until the API has answered or somebody has refused. Everything but {@link #press}
 * happens on the app's one thread.
 */
final class BankApp implements AutoCloseable {

    /** What is on the app's buttons, in dollars. */
    static final Set<Integer> AMOUNTS = Set.of(20, 50, 80);

    private static final Duration TIME_LIMIT = Duration.ofSeconds(70);
    private static final String USER = "alice";
    private static final String PASSWORD = "alice-password";
    private static final String PAYEE = "Bob";
    private static final String TRANSACTION = "One-Time-Authorization";
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};

    /** Where a transfer stands. */
    enum Stage {
        READY,
        ASKING,
        WAITING,
        DONE,
        DENIED,
        EXPIRED,
        FAILED;

        /** Whether the user may press a button. */
        boolean takesOrders() {
            return this != ASKING && this != WAITING;
        }
    }

    /**
     * What the app shows.
     *
     * @param stage where the transfer stands
     * @param message what the user is asked; empty before the first transfer
     * @param expiresAt when the question ends, in seconds since 1970; 0 if nothing is asked
     * @param reason why it is denied, expired or failed, as the gateway put it; else empty
     * @param receipt the claims of the verified receipt once the transfer is done; else empty
     */
    record Display(
            Stage stage,
            String message,
            long expiresAt,
            String reason,
            Map<String, Object> receipt) {

        static Display ready() {
            return new Display(Stage.READY, "", 0, "", Map.of());
        }

        Display ended(Stage end, String why) {
            return new Display(end, message, 0, why, Map.of());
        }

        Display done(Map<String, Object> claims) {
            return new Display(Stage.DONE, message, 0, "", claims);
        }
    }

    private final ExecutorService thread = Executors.newSingleThreadExecutor(BankApp::daemon);
    private final URI api;
    private final PasswordLogin login;
    private final Consumer<Display> onChange;
    private final Consumer<CallView> onCall;
    private Display display = Display.ready();
    private String accessToken = "";

    BankApp(URI api, PasswordLogin login, Consumer<Display> onChange, Consumer<CallView> onCall) {
        this.api = api;
        this.login = login;
        this.onChange = onChange;
        this.onCall = onCall;
    }

    /**
     * Orders a transfer.
     *
     * @param amount dollars, one of {@link #AMOUNTS}
     * @return false if another transfer is under way
     */
    synchronized boolean press(int amount) {
        if (!display.stage().takesOrders()) {
            return false;
        }
        show(new Display(Stage.ASKING, TransferApi.message(PAYEE, amount), 0, "", Map.of()));
        thread.execute(guarded(() -> begin(amount)));
        return true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** The demo knows Alice's password; a real app sends her to the login page. */
    private void begin(int amount) {
        accessToken = login.tokenOf(USER, PASSWORD);
        call(amount, "");
    }

    private void call(int amount, String transaction) {
        String body = "{\"to\":\"%s\",\"amount\":%d}".formatted(PAYEE, amount);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api)
                        .timeout(TIME_LIMIT)
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Content-Type", "application/json")
                        .header("Content-Digest", TransferApi.digestOf(body))
                        .header("X-Amount", "$" + amount)
                        .header("X-Payee", PAYEE);
        if (!transaction.isEmpty()) {
            request.header(TRANSACTION, transaction);
        }
        HttpRequest ready = request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
        Instant at = Instant.now();
        long started = System.nanoTime();
        Answer answer = RelyingParty.exchange(ready);
        onCall.accept(
                CallView.of(
                        at, Duration.ofNanos(System.nanoTime() - started), ready, body, answer));
        goOn(amount, answer);
    }

    private void goOn(int amount, Answer answer) {
        if (answer.status() == 200) {
            show(display().done(receipt(answer)));
            return;
        }
        switch (answer.error()) {
            case "authorization_pending" -> waitAndCall(amount, answer);
            case "access_denied" -> show(display().ended(Stage.DENIED, reason(answer)));
            case "expired_transaction" -> show(display().ended(Stage.EXPIRED, reason(answer)));
            default -> show(display().ended(Stage.FAILED, reason(answer)));
        }
    }

    private void waitAndCall(int amount, Answer answer) {
        long expiresAt = Instant.now().getEpochSecond() + answer.json().path("expires_in").asLong();
        show(new Display(Stage.WAITING, display().message(), expiresAt, "", Map.of()));
        CompletableFuture.delayedExecutor(
                        answer.json().path("interval").asInt(5), TimeUnit.SECONDS, thread)
                .execute(guarded(() -> call(amount, answer.text("transaction"))));
    }

    private static Map<String, Object> receipt(Answer answer) {
        return Json.MAPPER.convertValue(answer.json().path("receipt"), CLAIMS);
    }

    /** A gateway that is gone must not leave the app waiting. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (UncheckedIOException e) {
                show(display().ended(Stage.FAILED, "No answer: " + e.getMessage()));
            } catch (RuntimeException e) {
                show(display().ended(Stage.FAILED, String.valueOf(e.getMessage())));
            }
        };
    }

    private synchronized Display display() {
        return display;
    }

    private synchronized void show(Display next) {
        display = next;
        onChange.accept(next);
    }

    private static String reason(Answer answer) {
        return answer.errorDescription().isEmpty()
                ? "HTTP status " + answer.status()
                : answer.errorDescription();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "bank-app");
        thread.setDaemon(true);
        return thread;
    }
}
