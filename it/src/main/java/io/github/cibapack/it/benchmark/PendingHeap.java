// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import static org.awaitility.Awaitility.await;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.server.Servers;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a pending request takes of a heap of 1 GiB: one whose mail has left, and, if users are
 * hidden and hints made up, one with short values and one with the longest that are allowed. The
 * latter have the built-in limits, with a pause for each of the made-up users. Arguments: requests
 * of each kind (default 2000), {@code full} to go on, realm after realm, until the server has taken
 * 100,000 or refuses most of what a new realm sends.
 */
public final class PendingHeap {
    private static final int HEAP_MIB = 1024;
    private static final int CALLERS = 8;
    private static final int CLIENTS = 16;
    private static final int WARM_UP = 500;

    /** Each of as many users is asked as often. */
    private static final int REQUESTS_OF_ONE = 20;

    private static final int WANTED = 100_000;

    /** More realms than take a part of the memory that is worth the time. */
    private static final int MOST_REALMS = 12;

    /** So many calls are made before it is looked at how many of them were taken. */
    private static final int BATCH = 800;

    /** A realm is full if it takes less than a tenth of what is asked. */
    private static final int ONE_IN = 10;

    private static final int OK = 200;
    private static final int REFUSED = 403;
    private static final double MIB = 1 << 20;

    private final KeycloakServer server;
    private final ScriptedSmtp smtp;
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Realm> realms = new ArrayList<>();

    private PendingHeap(KeycloakServer server, ScriptedSmtp smtp) {
        this.server = server;
        this.smtp = smtp;
    }

    /**
     * A realm.
     *
     * @param parties its clients, each of which may have as many pending requests as the next
     * @param asked the user whom the first, the second and so on call asks
     */
    private record Realm(String name, List<RelyingParty> parties, IntFunction<String> asked) {}

    /**
     * What became of calls.
     *
     * @param taken those that were accepted
     * @param refused those with 403 and {@code Retry-After}
     */
    private record Count(int taken, int refused) {
        Count and(Count more) {
            return new Count(taken + more.taken, refused + more.refused);
        }

        boolean isFull() {
            return taken * ONE_IN < taken + refused;
        }
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        int each = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        boolean full = arguments.length > 1 && "full".equals(arguments[1]);
        ServerOptions options =
                ServerOptions.defaults()
                        .withEnvironment("_JAVA_OPTIONS", "-Xmx%dm".formatted(HEAP_MIB));
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                KeycloakServer server = Servers.start(options)) {
            PendingHeap heap = new PendingHeap(server, smtp.onlyCount());
            heap.measureMailed(each);
            Realm first = heap.newRealm();
            heap.start(first, WARM_UP, shortest());
            heap.measure(first, "short values", each, shortest());
            heap.measure(first, "longest values", each, longest());
            if (full) {
                heap.fill(first);
            }
        }
    }

    /** A realm as it is shipped, whose clients are many. */
    private Realm newRealm() {
        return realm(
                RealmDocument.shipped().attribute("ciba.hide-users", "true"),
                turn -> "nobody-" + turn);
    }

    private Realm realm(RealmDocument document, IntFunction<String> asked) {
        String name = "benchmark-" + realms.size();
        RealmDocument realm = document.named(name);
        realm.mailTo("127.0.0.1", smtp.port());
        realm.json().put("eventsEnabled", false);
        IntStream.range(0, CLIENTS).forEach(i -> realm.addClient("c" + i, "c" + i + "-secret"));
        AdminApi.of(server).createRealm(realm.json());
        Realm made =
                new Realm(
                        name,
                        IntStream.range(0, CLIENTS)
                                .mapToObj(
                                        i ->
                                                RelyingParty.of(
                                                        server, name, "c" + i, "c" + i + "-secret"))
                                .toList(),
                        asked);
        realms.add(made);
        return made;
    }

    /** Each user is asked once before, as Keycloak's cache keeps users. */
    private void measureMailed(int number) throws Exception {
        int users = Math.max(1, number / REQUESTS_OF_ONE);
        RealmDocument document = RealmDocument.shipped().liftLimits();
        IntStream.range(0, users).forEach(i -> document.addUser("u" + i).remove("credentials"));
        Realm realm = realm(document, turn -> "u" + turn % users);
        start(realm, Math.max(users, WARM_UP), shortest());
        awaitMails();
        measure(realm, "mailed", number, shortest());
    }

    private static Form shortest() {
        return Form.of("scope", "openid", "requested_expiry", "3600");
    }

    /** Every value as long as it may be, and with characters that take two bytes each. */
    private static Form longest() {
        return Form.of(
                "scope",
                "openid profile email",
                "acr_values",
                "a".repeat(2048),
                "binding_message",
                "語".repeat(256),
                "request_context",
                "{\"address\":\"%s\",\"place\":\"%s\",\"device\":\"%s\",\"user_agent\":\"%s\"}"
                        .formatted(
                                "語".repeat(100), "語".repeat(100), "語".repeat(100), "語".repeat(512)),
                "requested_expiry",
                "3600");
    }

    private void measure(Realm realm, String kind, int number, Form form) throws Exception {
        double before = heapAfterCollection();
        Count count = new Count(0, 0);
        for (int left = number; left > 0; left -= BATCH) {
            count = count.and(start(realm, Math.min(left, BATCH), form));
            awaitMails();
        }
        double bytes = (heapAfterCollection() - before) / Math.max(1, count.taken());
        System.out.printf(
                "%s: %.0f bytes a pending request (%d taken, %d refused)%n",
                kind, bytes, count.taken(), count.refused());
    }

    /** Eight callers at a time, each client in turn. */
    private Count start(Realm realm, int number, Form form)
            throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Count>> counts = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int mine = number / CALLERS + (i < number % CALLERS ? 1 : 0);
                counts.add(callers.submit(() -> call(realm, mine, form)));
            }
            Count all = new Count(0, 0);
            for (Future<Count> count : counts) {
                all = all.and(count.get());
            }
            return all;
        } finally {
            callers.shutdownNow();
        }
    }

    private Count call(Realm realm, int number, Form form) {
        Count count = new Count(0, 0);
        for (int i = 0; i < number; i++) {
            int turn = sent.getAndIncrement();
            count =
                    count.and(
                            judged(
                                    realm.parties()
                                            .get(turn % CLIENTS)
                                            .start(
                                                    form.and(
                                                            "login_hint",
                                                            realm.asked().apply(turn)))));
        }
        return count;
    }

    private static Count judged(Answer answer) {
        if (answer.status() == OK) {
            return new Count(1, 0);
        }
        if (answer.status() == REFUSED && !answer.header("Retry-After").isEmpty()) {
            return new Count(0, 1);
        }
        throw new IllegalStateException("Unexpected: " + answer.status() + " " + answer.body());
    }

    /** Fills one realm after the other, until one is refused from its start. */
    private void fill(Realm first) throws Exception {
        int taken = 0;
        Count ofRealm;
        Realm realm = first;
        do {
            ofRealm = fillOne(realm);
            taken += ofRealm.taken();
            System.out.printf(
                    "%s took %d with the longest values until it was full; heap after a collection:"
                            + " %.0f MiB of %d%n",
                    realm.name(), ofRealm.taken(), heapAfterCollection() / MIB, HEAP_MIB);
            realm = newRealm();
        } while (taken < WANTED && !ofRealm.isFull() && realms.size() <= MOST_REALMS);
        System.out.printf("taken in all: %d of %d wanted%n", taken, WANTED);
        System.out.printf(
                "another page of the server is answered with %d%n",
                RelyingParty.exchange(
                                HttpRequest.newBuilder(
                                                server.url("/realms/" + first.name() + "/account"))
                                        .build())
                        .status());
    }

    private Count fillOne(Realm realm) throws InterruptedException, ExecutionException {
        Count all = new Count(0, 0);
        Count batch;
        do {
            batch = start(realm, BATCH, longest());
            all = all.and(batch);
        } while (!batch.isFull());
        return all;
    }

    private void awaitMails() {
        await().until(() -> Metrics.of(server).value("ciba_mails_queued") == 0);
    }

    /** The server is this process's only child. */
    private double heapAfterCollection() throws IOException, InterruptedException {
        long pid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
        Process collection =
                new ProcessBuilder("jcmd", Long.toString(pid), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!collection.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no collection");
        }
        return Metrics.of(server).value("jvm_memory_used_bytes", "area=\"heap\"");
    }
}
