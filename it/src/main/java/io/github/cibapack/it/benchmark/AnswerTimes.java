// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Two comparisons on one server, each within one run. How long a start takes for a user who is
 * asked, and for those whom a realm hides: unknown, disabled and without a verified address. And
 * what a poll of a pending request costs at the documented endpoint, beside Keycloak's own.
 * Argument: calls of each kind (default 1000).
 */
public final class AnswerTimes {
    private static final String REALM = "benchmark";
    private static final String ASKED = "asked";
    private static final List<String> KINDS = List.of(ASKED, "unknown", "disabled", "unverified");
    private static final Duration PACE = Duration.ofMillis(40);
    private static final int ROUNDS = 10;
    private static final int OK = 200;

    private final RelyingParty pump;

    private AnswerTimes(RelyingParty pump) {
        this.pump = pump;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) {
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                KeycloakServer server = Servers.start(ServerOptions.defaults())) {
            AdminApi.of(server).createRealm(realm(smtp, calls).json());
            AnswerTimes times =
                    new AnswerTimes(RelyingParty.of(server, REALM, "gas-pump", "gas-pump-secret"));
            times.starts(calls);
            times.polls(calls);
        }
    }

    /** Everybody a number of users of a kind, so that no limit and no cache favours one. */
    private static RealmDocument realm(ScriptedSmtp smtp, int calls) {
        RealmDocument realm = RealmDocument.shipped().named(REALM);
        realm.mailTo("127.0.0.1", smtp.port());
        realm.json().put("eventsEnabled", false);
        realm.attribute("ciba.hide-users", "true");
        int users = Math.max(1, calls / ROUNDS);
        for (int i = 0; i < users; i++) {
            realm.addUser("asked-" + i);
            realm.addUser("disabled-" + i).put("enabled", false);
            realm.addUser("unverified-" + i).put("emailVerified", false);
        }
        return realm.relaxLimits();
    }

    /**
     * One at a time, the kinds shuffled, with pauses in which the server sends what there is to
     * send: otherwise the mail of one request would be counted with the next.
     */
    private void starts(int calls) {
        started(calls / ROUNDS);
        Map<String, Latencies> all = started(calls);
        all.forEach((kind, latencies) -> latencies.print("start, user " + kind));
        double asked = all.get(ASKED).percentile(50);
        all.forEach(
                (kind, latencies) ->
                        System.out.printf(
                                "median %s / asked: %.3f%n",
                                kind, latencies.percentile(50) / asked));
    }

    private Map<String, Latencies> started(int ofEachKind) {
        List<String> kinds =
                new ArrayList<>(
                        Collections.nCopies(ofEachKind, KINDS).stream()
                                .flatMap(List::stream)
                                .toList());
        Collections.shuffle(kinds, new Random(ofEachKind));
        Map<String, Latencies> all = new TreeMap<>();
        long began = System.nanoTime();
        for (int i = 0; i < kinds.size(); i++) {
            LockSupport.parkNanos(began + i * PACE.toNanos() - System.nanoTime());
            String kind = kinds.get(i);
            String user = kind + "-" + i % Math.max(1, ofEachKind / ROUNDS);
            all.merge(
                    kind,
                    timed(1, call -> require(pump.start(user, "benchmark"), "")),
                    Latencies::and);
        }
        return all;
    }

    private void polls(int calls) {
        RelyingParty keycloak = pump.atKeycloakEndpoints();
        int each = Math.max(1, calls / ROUNDS);
        Latencies documented = Latencies.of(new long[0]);
        Latencies own = Latencies.of(new long[0]);
        for (int round = -2; round < ROUNDS; round++) {
            Latencies here = polled(pump, each);
            Latencies there = polled(keycloak, each);
            if (round >= 0) {
                documented = documented.and(here);
                own = own.and(there);
            }
        }
        documented.print("pending poll, as/token");
        own.print("pending poll, Keycloak's token endpoint");
        System.out.printf(
                "median as / Keycloak: %.2f%n", documented.percentile(50) / own.percentile(50));
    }

    /** Each request is polled once, so that no poll is too early. */
    private static Latencies polled(RelyingParty party, int number) {
        List<String> ids =
                IntStream.range(0, number)
                        .mapToObj(i -> require(party.start("asked-" + i, "benchmark"), ""))
                        .map(Answer::authReqId)
                        .toList();
        return timed(number, i -> require(party.poll(ids.get(i)), "authorization_pending"));
    }

    /** One call after the other. */
    private static Latencies timed(int number, IntConsumer call) {
        long[] nanos = new long[number];
        for (int i = 0; i < number; i++) {
            long start = System.nanoTime();
            call.accept(i);
            nanos[i] = System.nanoTime() - start;
        }
        return Latencies.of(nanos);
    }

    private static Answer require(Answer answer, String error) {
        if (!answer.error().equals(error) || (error.isEmpty() && answer.status() != OK)) {
            throw new IllegalStateException("Unexpected: " + answer.body());
        }
        return answer;
    }
}
