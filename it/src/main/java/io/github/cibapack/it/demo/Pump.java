// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The consumption device: asks for alice's approval of one purchase at a time and polls for it.
 * Everything but {@link #press} happens on the pump's one thread.
 */
final class Pump implements AutoCloseable {

    /** What is on the pump's buttons, in dollars. */
    static final Set<Integer> AMOUNTS = Set.of(20, 50, 80);

    /** CIBA Core §11: what {@code slow_down} adds to the interval, in seconds. */
    private static final int SLOW_DOWN = 5;

    /** The customer cannot be asked now: a report, or a limit. */
    private static final int FORBIDDEN = 403;

    private static final String CUSTOMER = "alice";

    /** Where a purchase stands. */
    enum Stage {
        READY,
        ASKING,
        WAITING,
        RELEASED,
        DENIED,
        REFUSED,
        EXPIRED,
        FAILED;

        /** Whether the customer may press a button. */
        boolean takesOrders() {
            return this != ASKING && this != WAITING;
        }
    }

    /**
     * What the pump's display shows.
     *
     * @param stage where the purchase stands
     * @param bindingMessage what the customer compares with the mail and the page; empty before the
     *     first purchase
     * @param expiresAt when the request ends, in seconds since 1970; 0 if nothing is asked
     * @param reason why it is denied, expired or failed, as the server put it; else empty
     * @param claims the ID token's claims once it is verified; else empty
     */
    record Display(
            Stage stage,
            String bindingMessage,
            long expiresAt,
            String reason,
            Map<String, Object> claims) {

        static Display ready() {
            return new Display(Stage.READY, "", 0, "", Map.of());
        }

        Display ended(Stage end, String why) {
            return new Display(end, bindingMessage, 0, why, Map.of());
        }

        Display released(Map<String, Object> verified) {
            return new Display(Stage.RELEASED, bindingMessage, 0, "", verified);
        }
    }

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> daemon(task, "pump"));
    private final RelyingParty client;
    private final IdTokenVerifier idTokens;
    private final Consumer<Display> onChange;
    private Display display = Display.ready();

    Pump(RelyingParty client, Consumer<Display> onChange) {
        this.client = client;
        this.idTokens = IdTokenVerifier.of(client);
        this.onChange = onChange;
    }

    /**
     * Orders gas.
     *
     * @param amount dollars, one of {@link #AMOUNTS}
     * @return false if another purchase is under way
     */
    synchronized boolean press(int amount) {
        if (!display.stage().takesOrders()) {
            return false;
        }
        show(new Display(Stage.ASKING, "Pump 4: $%d of gas".formatted(amount), 0, "", Map.of()));
        thread.execute(guarded(this::ask));
        return true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void ask() {
        Answer started = client.start(CUSTOMER, display().bindingMessage());
        if (started.status() != 200) {
            Stage end = started.status() == FORBIDDEN ? Stage.REFUSED : Stage.FAILED;
            show(display().ended(end, reason(started)));
            return;
        }
        long expiresAt =
                Instant.now().getEpochSecond() + started.json().path("expires_in").asLong();
        show(new Display(Stage.WAITING, display().bindingMessage(), expiresAt, "", Map.of()));
        pollLater(started.authReqId(), started.json().path("interval").asInt(5));
    }

    private void pollLater(String authReqId, int interval) {
        CompletableFuture.delayedExecutor(interval, TimeUnit.SECONDS, thread)
                .execute(guarded(() -> poll(authReqId, interval)));
    }

    private void poll(String authReqId, int interval) {
        Answer answer = client.poll(authReqId);
        switch (answer.error()) {
            case "" -> show(display().released(verified(answer)));
            case "authorization_pending" -> pollLater(authReqId, interval);
            case "slow_down" -> pollLater(authReqId, interval + SLOW_DOWN);
            case "access_denied" -> show(display().ended(Stage.DENIED, reason(answer)));
            case "expired_token" -> show(display().ended(Stage.EXPIRED, reason(answer)));
            default -> show(display().ended(Stage.FAILED, reason(answer)));
        }
    }

    private Map<String, Object> verified(Answer tokens) {
        JWTClaimsSet claims = idTokens.verify(tokens.text("id_token"));
        return claims.toJSONObject();
    }

    /** A server that is gone, or a token that does not verify, must not leave the pump waiting. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (UncheckedIOException e) {
                show(display().ended(Stage.FAILED, "No answer from the server: " + e.getMessage()));
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

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
