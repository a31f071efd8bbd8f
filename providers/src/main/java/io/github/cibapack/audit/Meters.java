// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The pack's metrics, in Keycloak's own registry: they are on {@code /metrics} where the admin has
 * switched metrics on, and cost nothing if not. Labels are the realm and values of closed lists, so
 * that no caller can create series.
 */
public final class Meters {
    private static final String REALM = "realm";
    private static final String OUTCOME = "outcome";

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofHours(1);

    private Meters() {}

    /**
     * A request was {@code accepted}, {@code refused}, {@code throttled} or cancelled, has expired,
     * or was {@code repeated} and got the answer that it had before.
     */
    public static void request(String realm, String outcome) {
        count("ciba_requests", realm, outcome);
    }

    /**
     * A message of a channel was {@code sent}, {@code failed} or {@code retried}; mails have a
     * counter of their own.
     */
    public static void message(String realm, String channel, String outcome) {
        if (channel.equals("email")) {
            count("ciba_mails", realm, outcome);
            return;
        }
        add("ciba_messages", REALM, realm, "channel", channel, OUTCOME, outcome);
    }

    /** A later channel was {@code used}, {@code unneeded}, or could not be used: {@code lost}. */
    public static void step(String realm, String outcome) {
        count("ciba_steps", realm, outcome);
    }

    /** The user decided, or revoked an approval. */
    public static void decision(String realm, String decision) {
        count("ciba_decisions", realm, decision);
    }

    /**
     * A request under a policy with variants was {@code accepted}, or has ended: {@code approved},
     * {@code denied}, {@code reported} or {@code expired}. Policies and variants are the admin's,
     * so no caller can make up labels.
     */
    public static void variant(String realm, String policy, String variant, String outcome) {
        add("ciba_variants", REALM, realm, "policy", policy, "variant", variant, OUTCOME, outcome);
    }

    /** An approved request was {@code redeemed} or its redemption {@code refused}. */
    public static void redemption(String realm, String outcome) {
        count("ciba_redemptions", realm, outcome);
    }

    public static void poll(String realm, String answer) {
        count("ciba_polls", realm, answer);
    }

    /** A relying party asked where its request stands. */
    public static void status(String realm, String answer) {
        count("ciba_status_calls", realm, answer);
    }

    /** A webhook call was {@code delivered}, {@code retried}, {@code given_up} or {@code lost}. */
    public static void webhook(String realm, String outcome) {
        count("ciba_webhooks", realm, outcome);
    }

    /** From the request to the decision. */
    public static void timeToDecide(String realm, Duration time) {
        timer("ciba_time_to_decide", realm).record(time);
    }

    /** From the request until the mail server has taken the mail. */
    public static void timeToSend(String realm, Duration time) {
        timer("ciba_time_to_send", realm).record(time);
    }

    /** A number that this node can tell at any time. */
    public static void gauge(String name, String help, Supplier<Number> value, String... labels) {
        Gauge.builder(name, value).description(help).tags(labels).register(Metrics.globalRegistry);
    }

    /** Messages of a channel that wait on this node, for their turn or for their next try. */
    public static void queued(String channel, Supplier<Number> value) {
        String help = "%s of this node that wait, for their turn or for their next try";
        if (channel.equals("email")) {
            gauge("ciba_mails_queued", help.formatted("Mails"), value);
        } else {
            gauge("ciba_messages_queued", help.formatted("Messages"), value, "channel", channel);
        }
    }

    private static void count(String name, String realm, String outcome) {
        add(name, REALM, realm, OUTCOME, outcome);
    }

    private static void add(String name, String... labels) {
        Metrics.counter(name, labels).increment();
    }

    private static Timer timer(String name, String realm) {
        return Timer.builder(name)
                .tag(REALM, realm)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(Metrics.globalRegistry);
    }
}
