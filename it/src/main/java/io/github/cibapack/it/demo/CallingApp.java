// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.cibapack.it.demo.Display.Stage;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Json;
import io.github.cibapack.it.rp.PasswordLogin;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An application that calls an API through its gateway on behalf of Alice, and repeats its own call
 * with the transaction until the API has answered or somebody has refused. Everything but {@link
 * #press} happens on the application's one thread.
 */
final class CallingApp implements Device, AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(70);
    private static final int OK = 200;
    private static final int USUAL_INTERVAL = 5;
    private static final int TOO_MANY = 429;
    private static final String USER = "alice";
    private static final String PASSWORD = "alice-password";
    private static final String TRANSACTION = "One-Time-Authorization";
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};

    /**
     * One call.
     *
     * @param body JSON
     * @param headers besides token, type and digest
     */
    record Call(String body, Map<String, String> headers) {}

    /**
     * What a button orders.
     *
     * @param message in words
     * @param calls one after the other; the last one has the receipt
     */
    record Order(String message, List<Call> calls) {}

    /**
     * What differs between applications.
     *
     * @param client whose token it calls with
     * @param rule of its API
     * @param path of its API
     * @param api behind the gateway
     * @param orders by button
     */
    record Story(
            String client,
            String rule,
            String path,
            Function<ApprovalReceipts, ProtectedApi> api,
            Map<String, Order> orders) {}

    private final Story story;
    private final Gateway gateway;
    private final PasswordLogin login;
    private final Screen screen;
    private final Consumer<ExchangeView> onCall;
    private String accessToken = "";

    private CallingApp(
            Story story,
            Gateway gateway,
            PasswordLogin login,
            Consumer<Display> onChange,
            Consumer<ExchangeView> onCall) {
        this.story = story;
        this.gateway = gateway;
        this.login = login;
        this.screen = new Screen(onChange);
        this.onCall = onCall;
    }

    /**
     * Opens an application with its gateway and API.
     *
     * @param issuer of the realm
     * @param clientSecret of the application
     * @param gatewaySecret of the rule
     */
    static CallingApp open(
            Story story,
            URI issuer,
            String clientSecret,
            String gatewaySecret,
            Consumer<Display> onChange,
            Consumer<ExchangeView> onCall) {
        Gateway gateway =
                Gateway.open(
                        story.path(),
                        URI.create(issuer + "/one-time-authorization/" + story.rule()),
                        gatewaySecret,
                        story.api().apply(new ApprovalReceipts(issuer, story.rule())));
        PasswordLogin login = new PasswordLogin(issuer, story.client(), clientSecret);
        return new CallingApp(story, gateway, login, onChange, onCall);
    }

    @Override
    public Set<String> buttons() {
        return story.orders().keySet();
    }

    @Override
    public boolean press(String button) {
        Order order = story.orders().get(button);
        return screen.begin(order.message(), () -> begin(order));
    }

    @Override
    public void close() {
        screen.close();
        gateway.close();
    }

    /** The demo knows Alice's password; a real application sends her to the login page. */
    private void begin(Order order) {
        accessToken = login.tokenOf(USER, PASSWORD);
        call(order.calls(), "");
    }

    private void call(List<Call> calls, String transaction) {
        Call call = calls.get(0);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.url())
                        .timeout(TIME_LIMIT)
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Content-Type", "application/json")
                        .header("Content-Digest", ApprovalReceipts.digestOf(call.body()));
        call.headers().forEach(request::header);
        if (!transaction.isEmpty()) {
            request.header(TRANSACTION, transaction);
        }
        HttpRequest ready = request.POST(HttpRequest.BodyPublishers.ofString(call.body())).build();
        Instant at = Instant.now();
        long started = System.nanoTime();
        Answer answer = RelyingParty.exchange(ready);
        onCall.accept(
                ExchangeView.of(
                        at, Duration.ofNanos(System.nanoTime() - started), ready, call, answer));
        goOn(calls, !transaction.isEmpty(), answer);
    }

    private void goOn(List<Call> calls, boolean asked, Answer answer) {
        if (answer.status() == OK) {
            List<Call> rest = calls.subList(1, calls.size());
            if (rest.isEmpty()) {
                screen.done(Json.MAPPER.convertValue(answer.json().findValue("receipt"), CLAIMS));
            } else {
                call(rest, "");
            }
            return;
        }
        switch (answer.error()) {
            case "authorization_pending" ->
                    screen.waitFor(
                            answer,
                            answer.json().path("interval").asInt(USUAL_INTERVAL),
                            () -> call(calls, answer.text("transaction")));
            case "access_denied" -> screen.end(asked ? Stage.DENIED : Stage.REFUSED, answer);
            case "expired_transaction" -> screen.end(Stage.EXPIRED, answer);
            default ->
                    screen.end(answer.status() == TOO_MANY ? Stage.REFUSED : Stage.FAILED, answer);
        }
    }
}
