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
 * Where the processor time of a whole request goes: a recording of Java's Flight Recorder, made
 * when the server is warm, as a flame graph of each step and a list of the frames that take most.
 * Arguments: seconds of warm-up (default 120) and of the recording (default 60).
 */
public final class Profile {
    private static final int LISTED = 40;

    private Profile() {}

    /** Runs the benchmark, prints what it has found and writes the graphs. */
    public static void main(String[] arguments) throws Exception {
        Duration warmUp = seconds(arguments, 0, 120);
        Duration time = seconds(arguments, 1, 60);
        Path folder = Workspace.current().target().resolve("benchmark");
        Files.createDirectories(folder);
        Path recording = folder.resolve("profile.jfr");
        try (ScriptedSmtp smtp = ScriptedSmtp.start();
                Contestant pack = Contestant.pack(smtp, "-Xmx2g")) {
            ClosedLoop.ofApproved(pack, warmUp);
            jcmd(pack, "JFR.configure", "stackdepth=400");
            jcmd(pack, "JFR.start", "name=profile", "settings=profile");
            ClosedLoop.Cost cost = ClosedLoop.ofApproved(pack, time);
            jcmd(pack, "JFR.dump", "name=profile", "filename=" + recording);
            System.out.printf(
                    Locale.ROOT,
                    "%d whole requests, %.0f µs of processor time each%n",
                    cost.calls(),
                    cost.micros());
        }
        write(Stacks.read(recording), folder);
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

    private static void write(Stacks stacks, Path folder) throws IOException {
        for (Stacks.Step step : Stacks.Step.values()) {
            List<List<String>> samples = stacks.of(step);
            String name = step.name().toLowerCase(Locale.ROOT);
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: %.1f %% of the samples%n",
                    name,
                    100.0 * samples.size() / stacks.count());
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
}
