// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.mail.ScriptedSmtp.Mood;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Mixed work at an even pace: starts, polls, long polls, decisions through the page's form, gateway
 * checks, admin calls, and one in a hundred times something goes wrong on purpose.
 */
final class SoakWork implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(200);
    private static final int MOST_AT_ONCE = 40;
    private static final int USERS = 100;
    private static final int HUNDRED = 100;
    private static final int KINDS_OF_FAULTS = 5;
    private static final Duration HANGS_UP_AFTER = Duration.ofMillis(400);
    private static final Duration BAD_MOOD = Duration.ofMillis(300);
    private static final String TRANSACTION = "One-Time-Authorization";

    private final ServerAndDatabase here;
    private final RelyingParty pump;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final SoakLinks links = new SoakLinks();
    private final PatientCalls calls = new PatientCalls();
    private final LongAdder asked = new LongAdder();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private int next;

    SoakWork(ServerAndDatabase here) {
        this.here = here;
        this.pump = here.pump();
        here.smtp().handOn(mail -> links.arrived(ReceivedMail.parse(mail)));
    }

    /**
     * What lives for long is made short, so that what is left over is seen within minutes. Only
     * what a day's quota counts stays until midnight.
     */
    static void prepare(RealmDocument realm) {
        realm.attribute("cibaExpiresIn", "60");
        realm.json()
                .put("accessTokenLifespan", 30)
                .put("ssoSessionIdleTimeout", 30)
                .put("ssoSessionMaxLifespan", 30);
        realm.component(
                "ciba-notification-policy",
                "name",
                "default",
                "quotaType",
                "realm",
                "total",
                "1000000",
                "clientShare",
                "99",
                "pendingPerUser",
                "50",
                "pendingPerClientAndUser",
                "49",
                "growingPauses",
                "false");
        Transfers.prepare(realm);
        for (int i = 0; i < USERS; i++) {
            realm.addUser("user-" + i);
        }
    }

    /** Works at its pace for a while. */
    void run(Duration time) {
        long begin = System.nanoTime();
        for (long at = begin; at - begin < time.toNanos(); at += PACE.toNanos()) {
            LockSupport.parkNanos(at - System.nanoTime());
            int number = next++;
            if (places.tryAcquire()) {
                workers.execute(() -> one(number));
            } else {
                calls.count("left out, as forty others were under way");
            }
        }
    }

    /** What was answered wrongly, or not at all. */
    Queue<String> wrong() {
        return wrong;
    }

    /** How many entries the day's quota has made: one for the client and one for the realm. */
    long countedByQuota() {
        return 2 * asked.sum();
    }

    /** How often each was done. */
    Map<String, Long> counts() {
        return calls.counts();
    }

    private void one(int number) {
        String user = "user-" + number % USERS;
        try {
            int kind = number % HUNDRED;
            if (kind < 60) {
                decided(user, number % 7 == 0 ? "deny" : "approve");
            } else if (kind < 75) {
                longPoll(user);
            } else if (kind < 85) {
                check(user, "n" + number);
            } else if (kind < 88) {
                admin(user);
            } else if (kind < 95) {
                leftAlone(user);
            } else if (kind < 99) {
                takenBack(user);
            } else {
                fault(number / HUNDRED % KINDS_OF_FAULTS, user);
            }
        } catch (Exception | AssertionError e) {
            wrong.add(number + ": " + e);
        } finally {
            places.release();
        }
    }

    private Answer start(String user) {
        asked.increment();
        return calls.served("start", () -> pump.start(user, "soak")).accepted();
    }

    private void decided(String user, String decision) throws Exception {
        Answer started = start(user);
        require(poll(started), "authorization_pending");
        press(link(started), decision);
        if (decision.equals("deny")) {
            require(poll(started), "access_denied");
        } else {
            require(poll(started), "");
            require(poll(started), "invalid_grant");
        }
    }

    private Answer poll(Answer started) {
        return calls.served("poll", () -> pump.poll(started.authReqId()));
    }

    private void longPoll(String user) throws Exception {
        Answer started = start(user);
        CompletableFuture<Answer> waits =
                CompletableFuture.supplyAsync(
                        () -> calls.served("long poll", () -> pollFor(started, "20")), workers);
        press(link(started), "approve");
        Answer answer = waits.get(1, TimeUnit.MINUTES);
        while (answer.isUndecided()) {
            PatientCalls.pause();
            answer = poll(started);
        }
        require(answer, "");
    }

    private Answer pollFor(Answer started, String seconds) {
        return pump.send(
                pump.tokenEndpoint(),
                Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", started.authReqId()),
                "Prefer",
                "wait=" + seconds);
    }

    private void check(String user, String number) throws Exception {
        String token = calls.keycloaks(() -> Transfers.tokenOf(here, user));
        asked.increment();
        Answer pending = calls.served("gateway check", () -> sendCheck(number, token, ""));
        if (pending.status() != 401) {
            throw new IllegalStateException(pending.status() + " " + pending.body());
        }
        press(links.await(number), "approve");
        String transaction = pending.header(TRANSACTION);
        AtomicInteger tries = new AtomicInteger();
        Answer passed =
                calls.served(
                        "gateway check",
                        () -> {
                            tries.incrementAndGet();
                            return sendCheck(number, token, transaction);
                        });
        if (tries.get() > 1 && "unknown_transaction".equals(passed.error())) {
            // docs/reliability.md: so that nobody passes twice
            calls.count("approval used up by a check whose commit failed");
            return;
        }
        if (passed.status() != 200) {
            throw new IllegalStateException(passed.status() + " " + passed.body());
        }
    }

    private Answer sendCheck(String number, String token, String transaction) {
        HttpRequest.Builder check =
                Transfers.check(here, "/transfers/" + number + "-", token)
                        .timeout(Duration.ofMinutes(1));
        return RelyingParty.exchange(
                (transaction.isEmpty() ? check : check.header(TRANSACTION, transaction)).build());
    }

    private void leftAlone(String user) throws Exception {
        Answer started = start(user);
        require(poll(started), "authorization_pending");
        URI link = link(started);
        calls.served("page", () -> get(link));
    }

    private URI link(Answer started) throws Exception {
        return links.await(started.authReqId());
    }

    private static Answer get(URI page) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(page).timeout(Duration.ofMinutes(1)).build());
    }

    private void takenBack(String user) {
        Answer started = start(user);
        Answer cancelled = calls.served("cancel", () -> pump.cancel(started.authReqId()));
        if (cancelled.status() != 200) {
            throw new IllegalStateException(cancelled.status() + " " + cancelled.body());
        }
        require(poll(started), "access_denied");
    }

    private void admin(String user) {
        String id =
                calls.keycloaks(
                        () -> here.admin().user(ServerAndDatabase.REALM, user).path("id").asText());
        for (String path : new String[] {"/history?max=5", "/users/" + id + "/requests"}) {
            Answer answer =
                    calls.served(
                            "admin call",
                            () ->
                                    here.admin()
                                            .call(
                                                    "GET",
                                                    "/" + ServerAndDatabase.REALM + "/ciba" + path,
                                                    null));
            if (answer.status() != 200) {
                throw new IllegalStateException(path + ": " + answer.status());
            }
        }
    }

    private void fault(int kind, String user) throws Exception {
        switch (kind) {
            case 0 -> {
                calls.count("fault: a mail is cut off");
                here.smtp().become(Mood.DROPS_MID_MESSAGE);
                Answer started = start(user);
                LockSupport.parkNanos(BAD_MOOD.toNanos());
                here.smtp().become(Mood.GOOD);
                link(started);
            }
            case 1 -> {
                calls.count("fault: a relying party hangs up");
                Answer started = start(user);
                hangUp(started);
            }
            case 2 -> {
                calls.count("fault: a wrong secret");
                require(pump.withSecret("a-wrong-secret").start(user, "soak"), "invalid_client");
            }
            case 3 -> {
                calls.count("fault: the connections to the database are cut");
                here.database().hangUp();
                decided(user, "approve");
            }
            default -> {
                calls.count("fault: a body of another kind");
                Answer refused =
                        RelyingParty.exchange(
                                HttpRequest.newBuilder(pump.startEndpoint())
                                        .header("Authorization", pump.basic())
                                        .POST(HttpRequest.BodyPublishers.ofString("{\"scope\":"))
                                        .build());
                require(refused, "invalid_request");
            }
        }
    }

    private void hangUp(Answer started) {
        HttpRequest poll =
                HttpRequest.newBuilder(pump.tokenEndpoint())
                        .timeout(HANGS_UP_AFTER)
                        .header("Authorization", pump.basic())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Prefer", "wait=20")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Form.of(
                                                        "grant_type",
                                                        RelyingParty.GRANT_TYPE,
                                                        "auth_req_id",
                                                        started.authReqId())
                                                .encoded()))
                        .build();
        try {
            RelyingParty.exchange(poll);
        } catch (UncheckedIOException hungUp) {
            // as is meant
        }
    }

    private void press(URI link, String decision) {
        ApprovalForm page = calls.opened(link);
        Answer shown = calls.served("decision", () -> page.press("decision", decision));
        if (shown.status() != 200) {
            throw new IllegalStateException(shown.status() + " after " + decision);
        }
    }

    private static void require(Answer answer, String error) {
        if (!answer.error().equals(error)) {
            throw new IllegalStateException(
                    "Not '%s': %d %s".formatted(error, answer.status(), answer.body()));
        }
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Calls do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
