// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import io.github.cibapack.it.demo.Display.Stage;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.IdTokenVerifier;
import io.github.cibapack.it.rp.RelyingParty;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The consumption device: asks for alice's approval of one purchase at a time and polls for it.
 * Everything but {@link #press} happens on the pump's one thread.
 */
final class Pump implements Device, AutoCloseable {

    /** CIBA Core §11: what {@code slow_down} adds to the interval, in seconds. */
    private static final int SLOW_DOWN = 5;

    /** The customer cannot be asked now: a report, or a limit. */
    private static final Set<Integer> NOT_ASKED = Set.of(403, 429);

    private static final int OK = 200;
    private static final int USUAL_INTERVAL = 5;
    private static final String CUSTOMER = "alice";

    private final RelyingParty client;
    private final IdTokenVerifier idTokens;
    private final Screen screen;

    Pump(RelyingParty client, Consumer<Display> onChange) {
        this.client = client;
        this.idTokens = IdTokenVerifier.of(client);
        this.screen = new Screen(onChange);
    }

    /** Dollars. */
    @Override
    public Set<String> buttons() {
        return Set.of("20", "50", "80");
    }

    @Override
    public boolean press(String button) {
        return screen.begin("Pump 4: $%s of gas".formatted(button), this::ask);
    }

    @Override
    public void close() {
        screen.close();
    }

    private void ask() {
        Answer started = client.start(CUSTOMER, screen.message());
        if (started.status() != OK) {
            screen.end(
                    NOT_ASKED.contains(started.status()) ? Stage.REFUSED : Stage.FAILED, started);
            return;
        }
        int interval = started.json().path("interval").asInt(USUAL_INTERVAL);
        screen.waitFor(started, interval, () -> poll(started.authReqId(), interval));
    }

    private void poll(String authReqId, int interval) {
        Answer answer = client.poll(authReqId);
        switch (answer.error()) {
            case "" -> screen.done(idTokens.verify(answer.text("id_token")).toJSONObject());
            case "authorization_pending" -> pollLater(answer, authReqId, interval);
            case "slow_down" -> pollLater(answer, authReqId, interval + SLOW_DOWN);
            case "access_denied" -> screen.end(Stage.DENIED, answer);
            case "expired_token" -> screen.end(Stage.EXPIRED, answer);
            default -> screen.end(Stage.FAILED, answer);
        }
    }

    private void pollLater(Answer answer, String authReqId, int interval) {
        screen.waitFor(answer, interval, () -> poll(authReqId, interval));
    }
}
