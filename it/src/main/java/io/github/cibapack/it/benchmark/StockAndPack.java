// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.benchmark.Results.Row;
import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.server.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Keycloak alone and Keycloak with the pack, side by side in one run: both servers run all the
 * time, and in each round every figure is measured on one and then on the other. Argument: {@code
 * smoke}, or the number of rounds (default 5). The report goes into the folder that the system
 * property {@code benchmark.report} names.
 */
public final class StockAndPack {
    private static final String STOCK = "Keycloak";
    private static final String PACK = "with the pack";
    private static final String PACK_AT_KEYCLOAKS = "with the pack, Keycloak's own endpoint";
    private static final String CALLS = "calls/s";
    private static final String MICROS = "µs of processor time per call";
    private static final String SMOKE = "smoke";

    /** Whole requests take so much longer to become fast than polls. */
    private static final int MOST_CODE = 4;

    /**
     * The warm-up polls a third as many requests. They are others than those of the rounds, which
     * would be over too soon.
     */
    private static final int WARM_UP_PART = 3;

    private final Scale scale;
    private final Results results = new Results();
    private final ScriptedSmtp smtp;
    private final Contestant stock;
    private final Contestant pack;
    private final Contestant packAtKeycloaks;

    private StockAndPack(Scale scale, ScriptedSmtp smtp, Contestant stock, Contestant pack) {
        this.scale = scale;
        this.smtp = smtp;
        this.stock = stock;
        this.pack = pack;
        this.packAtKeycloaks = pack.atKeycloaksEndpoints();
    }

    /** Runs the benchmark, prints its figures and writes the report. */
    public static void main(String[] arguments) throws Exception {
        boolean smoke = arguments.length > 0 && SMOKE.equals(arguments[0]);
        int rounds = arguments.length > 0 && !smoke ? Integer.parseInt(arguments[0]) : 5;
        if (smoke) {
            run(Scale.smoke(), Workspace.current().target().resolve("benchmark"));
        } else {
            run(Scale.whole(rounds), Path.of(System.getProperty("benchmark.report")));
        }
    }

    /** Measures and writes the report; an answer that is not the expected one is an error. */
    static void run(Scale scale, Path folder) throws Exception {
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                Contestant stock = Contestant.stock(scale.heap());
                Contestant pack = Contestant.pack(smtp, scale.heap())) {
            StockAndPack benchmark = new StockAndPack(scale, smtp, stock, pack);
            benchmark.measure();
            new Report(folder)
                    .write(
                            benchmark.results,
                            "Measured in %d rounds of %d s for most figures, on"
                                    .formatted(scale.rounds(), scale.calls().toSeconds()));
        }
    }

    private void measure() throws Exception {
        if (scale.warmsUp()) {
            warmUp();
        }
        List<Contestant.Pending> atStock = stock.open(scale.pending());
        List<Contestant.Pending> atAs = pack.open(scale.pending());
        List<Contestant.Pending> atKeycloaks = packAtKeycloaks.open(scale.pending());
        for (int round = 1; round <= scale.rounds(); round++) {
            System.out.printf("Round %d of %d%n", round, scale.rounds());
            Row introspection = calls("introspection of an unknown token");
            note(
                    introspection,
                    STOCK,
                    ClosedLoop.of(rested(stock), scale.calls(), stock::introspect));
            note(introspection, PACK, ClosedLoop.of(rested(pack), scale.calls(), pack::introspect));
            Row polls = calls("poll of a pending request");
            note(polls, STOCK, ClosedLoop.ofPolls(rested(stock), scale.calls(), atStock));
            note(polls, PACK, ClosedLoop.ofPolls(rested(pack), scale.calls(), atAs));
            note(
                    polls,
                    PACK_AT_KEYCLOAKS,
                    ClosedLoop.ofPolls(rested(pack), scale.calls(), atKeycloaks));
            approved();
            // their requests end in the time that the waits take to begin
            starts();
            waiting(atStock.subList(0, scale.waiters()), atAs.subList(0, scale.waiters()));
        }
    }

    private void warmUp() throws Exception {
        int few = scale.pending() / WARM_UP_PART;
        List<Contestant.Pending> atStock = stock.open(few);
        List<Contestant.Pending> atAs = pack.open(few);
        List<Contestant.Pending> atKeycloaks = packAtKeycloaks.open(few);
        warmUp(stock, 1, time -> ClosedLoop.of(stock, time, stock::introspect));
        warmUp(pack, 1, time -> ClosedLoop.of(pack, time, pack::introspect));
        warmUp(stock, 1, time -> ClosedLoop.ofPolls(stock, time, atStock));
        warmUp(pack, 1, time -> ClosedLoop.ofPolls(pack, time, atAs));
        warmUp(pack, 1, time -> ClosedLoop.ofPolls(pack, time, atKeycloaks));
        // begins with a start; by starts alone the queue of mails would be full
        warmUp(stock, MOST_CODE, time -> ClosedLoop.ofApproved(stock, time));
        warmUp(pack, MOST_CODE, time -> ClosedLoop.ofApproved(pack, time));
        ClosedLoop.of(stock, scale.calls().dividedBy(2), stock::start);
        new Starts(pack, smtp).measure(scale.calls().dividedBy(2));
    }

    private void warmUp(Contestant server, int times, WarmUp.Calls calls) throws Exception {
        WarmUp.of(server, scale.warmUp().multipliedBy(times), calls);
    }

    /** A server to be measured, once neither is busy with what was measured before. */
    private Contestant rested(Contestant server) {
        if (scale.warmsUp()) {
            WarmUp.rest(stock::processorSeconds);
            WarmUp.rest(pack::processorSeconds);
        }
        return server;
    }

    private void starts() throws InterruptedException {
        Row starts = calls("start of a request");
        // half of the time: what one client may keep is bounded
        Duration time = scale.calls().dividedBy(2);
        note(starts, STOCK, ClosedLoop.of(rested(stock), time, stock::start));
        Starts.Measured measured = new Starts(rested(pack), smtp).measure(time);
        note(starts, PACK, measured.cost());
        results.note(
                new Row("mails that leave a node with four workers", "mails/s", true),
                PACK,
                measured.mails());
    }

    private void approved() throws InterruptedException {
        Row row = new Row("whole requests: start, decision, tokens", "requests/s", true);
        note(row, STOCK, ClosedLoop.ofApproved(rested(stock), scale.calls()));
        note(row, PACK, ClosedLoop.ofApproved(rested(pack), scale.calls()));
    }

    private void waiting(List<Contestant.Pending> atStock, List<Contestant.Pending> atAs)
            throws Exception {
        waiting(STOCK + ", a poll every 2 s", WaitingParties.polling(rested(stock), atStock));
        waiting(
                PACK + ", long polls of %d s".formatted(scale.longPoll()),
                WaitingParties.longPolling(rested(pack), atAs, scale.longPoll()));
    }

    /** A server that falls behind spares itself the polls that come late. */
    private void waiting(String who, WaitingParties parties) throws Exception {
        String name = "%,d relying parties wait for a decision".formatted(scale.waiters());
        WaitingParties.Cost cost = parties.measure(scale.waiting());
        results.note(
                new Row(name, "s of processor time per minute", false),
                who,
                cost.processorSeconds());
        results.note(new Row(name, "% of their polls come in time", true), who, cost.inTime());
    }

    private static Row calls(String name) {
        return new Row(name, CALLS, true);
    }

    private void note(Row row, String who, ClosedLoop.Cost cost) {
        results.note(row, who, cost.perSecond());
        results.note(new Row(row.name(), MICROS, false), who, cost.micros());
    }
}
