// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.Mailbox;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.rp.AdminApi;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Long polls on one node with a heap of a gibibyte: what other requests notice of many that wait,
 * and how soon one of a thousand has its tokens after the decision. Arguments: polls that wait
 * (default 10000), other requests per second (default 100) and seconds to measure (default 30).
 */
public final class WaitingPolls {
    private static final String HEAP = "-Xmx1024m";
    private static final String LIMIT = "--spi-realm-restapi-extension--as--max-waiting-polls";
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
    private static final int WARM_UP_SECONDS = 60;
    private static final int WARM_UP_SHARE = 5;
    private static final int LONG_POLL = 25;
    private static final int THOUSAND = 1000;
    private static final int WARM_UP_DECISIONS = 400;
    private static final int DECIDED = 200;
    private static final int STARTED = THOUSAND + WARM_UP_DECISIONS + DECIDED;
    private static final int USERS = 50;
    private static final double MIB = 1 << 20;

    private final Contestant pack;
    private final int perSecond;
    private final int seconds;

    private WaitingPolls(Contestant pack, int perSecond, int seconds) {
        this.pack = pack;
        this.perSecond = perSecond;
        this.seconds = seconds;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        int polls = argument(arguments, 0, 10_000);
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                Mailbox mailbox = Mailbox.start();
                Contestant pack =
                        Contestant.pack(
                                smtp,
                                HEAP,
                                LIMIT + "=" + polls,
                                LIMIT + "-per-realm=" + polls,
                                LIMIT + "-per-client=" + polls)) {
            WaitingPolls benchmark =
                    new WaitingPolls(pack, argument(arguments, 1, 100), argument(arguments, 2, 30));
            benchmark.others(polls);
            benchmark.tokens(mailbox);
        }
    }

    private static int argument(String[] arguments, int index, int usual) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : usual;
    }

    /** Without before and after, so that a machine that warms up or gets busy is fair to both. */
    private void others(int polls) throws Exception {
        List<Contestant.Pending> requests = pack.open(polls);
        requests(WARM_UP_SECONDS);
        // not all: their connections stay open for a while, and open files are limited
        meanwhile(requests.subList(0, polls / WARM_UP_SHARE), WARM_UP_SECONDS);
        Latencies none = requests(seconds / 2);
        print("none");
        Latencies many = meanwhile(requests, seconds);
        none = none.and(requests(seconds / 2));
        none.print("none waits");
        many.print(polls + " wait");
        System.out.printf("p99 with / without: %.2f%n", many.percentile(99) / none.percentile(99));
    }

    private Latencies meanwhile(List<Contestant.Pending> waiting, int time) throws Exception {
        return WaitingParties.longPolling(pack, waiting, LONG_POLL)
                .during(
                        () -> {
                            Latencies others = requests(time);
                            print("all");
                            return others;
                        });
    }

    private Latencies requests(int time) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(pack.server().url("/realms/master"))
                        .timeout(TIME_LIMIT)
                        .build();
        return OpenLoop.run(
                perSecond, time, number -> RelyingParty.exchange(request).status() == 200);
    }

    private void print(String waiting) {
        System.out.printf(
                "%s: %.0f polls wait, %.0f threads, %.0f MiB of heap in use%n",
                waiting,
                meter("ciba_polls_waiting"),
                meter("jvm_threads_live_threads"),
                Metrics.of(pack.server()).value("jvm_memory_used_bytes", "area=\"heap\"") / MIB);
    }

    private double meter(String name) {
        return Metrics.of(pack.server()).gauge(name);
    }

    private void tokens(Mailbox mailbox) throws Exception {
        RealmDocument realm = RealmDocument.shipped().named("decided").cheap();
        realm.mailTo("127.0.0.1", mailbox.port()).json().put("eventsEnabled", false);
        IntStream.range(0, USERS).forEach(i -> realm.addUser("user-" + i));
        AdminApi.of(pack.server()).createRealm(realm.liftLimits().json());
        RelyingParty pump =
                RelyingParty.of(pack.server(), "decided", "gas-pump", "gas-pump-secret");
        List<String> ids =
                IntStream.range(0, STARTED)
                        .mapToObj(
                                i ->
                                        pump.start("user-" + i % USERS, "poll " + i)
                                                .accepted()
                                                .authReqId())
                        .toList();
        List<ReceivedMail> mails =
                ids.stream().limit(WARM_UP_DECISIONS + DECIDED).map(mailbox::awaitMailFor).toList();
        try (LongPolls polls = new LongPolls(pump, ids)) {
            Awaitility.await("all wait")
                    .atMost(TIME_LIMIT)
                    .until(() -> meter("ciba_polls_waiting") >= STARTED);
            long[] nanos = new long[mails.size()];
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = polls.untilTokens(i, mails.get(i));
            }
            Latencies.of(Arrays.copyOfRange(nanos, WARM_UP_DECISIONS, nanos.length))
                    .print("from the press of Approve to the tokens, %d wait".formatted(THOUSAND));
        }
    }

    /** A long poll of each request, all under way. */
    private static final class LongPolls implements AutoCloseable {
        private final List<CompletableFuture<Long>> answered = new ArrayList<>();

        LongPolls(RelyingParty party, List<String> ids) {
            HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            for (String id : ids) {
                Form form = Form.of("grant_type", RelyingParty.GRANT_TYPE, "auth_req_id", id);
                HttpRequest poll =
                        HttpRequest.newBuilder(party.tokenEndpoint())
                                .timeout(TIME_LIMIT)
                                .header("Authorization", party.basic())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Prefer", "wait=" + LONG_POLL)
                                .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                                .build();
                answered.add(
                        http.sendAsync(poll, HttpResponse.BodyHandlers.ofString())
                                .thenApply(LongPolls::withTokens));
            }
        }

        private static long withTokens(HttpResponse<String> answer) {
            long now = System.nanoTime();
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return now;
        }

        /** From the moment when the page's form is sent, in nanoseconds. */
        long untilTokens(int number, ReceivedMail mail) throws Exception {
            ApprovalForm form = ApprovalForm.open(mail.magicLink());
            long pressed = System.nanoTime();
            Answer page = form.press("decision", "approve");
            if (page.status() != 200) {
                throw new IllegalStateException(page.body());
            }
            return answered.get(number).get(1, TimeUnit.MINUTES) - pressed;
        }

        @Override
        public void close() {
            answered.forEach(poll -> poll.cancel(true));
        }
    }
}
