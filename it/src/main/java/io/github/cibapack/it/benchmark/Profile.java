// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import io.github.cibapack.it.mail.ScriptedSmtp;
import io.github.cibapack.it.server.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the processor time goes: a recording of Java's Flight Recorder, made when the server is
 * warm, as flame graphs and a list of the frames that take most. Arguments: what is recorded
 * ({@code whole}, {@code starts}, {@code polls}, {@code own} or {@code waits}), seconds of warm-up
 * (default 120) and of the recording (default 60).
 */
public final class Profile {
    private static final int LISTED = 40;

    /** So that the requests of a minute find room, however quick the machine is. */
    private static final String HEAP = "-Xmx6g";

    /**
     * From the start of the server on: Java's first recording changes classes, and throws away all
     * that has been compiled, so a server that was warm would not be any more.
     */
    private static final String RECORDER =
            " -XX:FlightRecorderOptions=stackdepth=400 -XX:StartFlightRecording=maxsize=1m";

    private Profile() {}

    /** What is recorded. */
    private enum Work {
        /** Whole requests, with a graph for each step. */
        WHOLE,
        /** Starts, then their mails, in turn. */
        STARTS,
        /** Polls of pending requests, with all that Keycloak does for them. */
        POLLS,
        /** The same at Keycloak's own endpoint. */
        OWN,
        /** Long polls that begin, end without a decision, and begin again. */
        WAITS;

        private static final int PENDING = 5000;
        private static final int LONG_POLL = 25;

        WarmUp.Calls of(Contestant pack, ScriptedSmtp smtp) {
            if (this == WHOLE) {
                return time -> ClosedLoop.ofApproved(pack, time);
            }
            if (this == STARTS) {
                return time -> new Starts(pack, smtp).measure(time).cost();
            }
            Contestant called = this == OWN ? pack.atKeycloaksEndpoints() : pack;
            List<Contestant.Pending> requests = called.open(PENDING);
            return this == POLLS || this == OWN
                    ? time -> ClosedLoop.ofPolls(called, time, requests)
                    : time -> WaitingParties.longPolling(pack, requests, LONG_POLL).measure(time);
        }

        /** Whether a call is one step, drawn with what Keycloak does before and after it. */
        boolean isOneStep() {
            return this == POLLS || this == OWN || this == WAITS;
        }
    }

    /** Runs the benchmark, prints what it has found and writes the graphs. */
    public static void main(String[] arguments) throws Exception {
        Work work =
                Work.valueOf(
                        (arguments.length > 0 ? arguments[0] : "whole").toUpperCase(Locale.ROOT));
        Path folder = Workspace.current().target().resolve("benchmark");
        Files.createDirectories(folder);
        Path recording = folder.resolve("profile.jfr");
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                Contestant pack = Contestant.pack(smtp, HEAP + RECORDER)) {
            WarmUp.Calls calls = work.of(pack, smtp);
            WarmUp.of(pack, seconds(arguments, 1, 120), calls);
            jcmd(pack, "JFR.start", "name=profile", "settings=profile");
            System.out.println(calls.make(seconds(arguments, 2, 60)));
            jcmd(pack, "JFR.dump", "name=profile", "filename=" + recording);
        }
        Stacks stacks = Stacks.read(recording);
        if (work.isOneStep()) {
            write(work.name().toLowerCase(Locale.ROOT), stacks.whole(), stacks, folder);
            return;
        }
        for (Stacks.Step step : Stacks.Step.values()) {
            write(step.name().toLowerCase(Locale.ROOT), stacks.of(step), stacks, folder);
        }
    }

    private static Duration seconds(String[] arguments, int index, int usual) {
        return Duration.ofSeconds(
                arguments.length > index ? Integer.parseInt(arguments[index]) : usual);
    }

    private static void jcmd(Contestant server, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder jcmd =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.server().process().pid()));
        jcmd.command().addAll(List.of(command));
        if (jcmd.inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("jcmd has failed");
        }
    }

    /** Java's own frames, and those of libraries, say little without their callers. */
    private static boolean isListed(String frame) {
        return frame.startsWith(Stacks.PACK) || frame.startsWith(Stacks.KEYCLOAK);
    }

    private static void write(String name, List<List<String>> samples, Stacks all, Path folder)
            throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d samples, %.1f %%%n",
                name,
                samples.size(),
                100.0 * samples.size() / all.count());
        Stacks.within(samples).entrySet().stream()
                .filter(frame -> isListed(frame.getKey()))
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(LISTED)
                .forEach(
                        frame ->
                                System.out.printf(
                                        Locale.ROOT,
                                        "%6.1f %% %s%n",
                                        100.0 * frame.getValue() / samples.size(),
                                        frame.getKey()));
        FlameGraph graph = new FlameGraph(name);
        samples.forEach(graph::add);
        Files.writeString(folder.resolve("flame-" + name + ".svg"), graph.svg());
    }
}
