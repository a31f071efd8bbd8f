// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets Jazzer look for inputs on which a parser fails, hangs or grows: {@code ./mvnw -Pfuzz test}.
 * Each target has a JVM of its own. What is found is kept in {@code target/fuzz}, also for the next
 * run; the process fails if there is a finding.
 */
final class Fuzzing {
    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

    /** Longer than what a parser takes at once, of which most refuse the rest by its length. */
    private static final int LONGEST_INPUT = 16 * 1024;

    /** By the clock, and so with room for a machine that has other things to do. */
    private static final int HANGS_AFTER_SECONDS = 60;

    /** It takes the calls of targets to their own server on this machine for findings. */
    private static final String NO_CALLS =
            "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

    private static final int MEGABYTES = 2048;
    private static final int GRACE_SECONDS = 300;
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");

    private Fuzzing() {}

    /**
     * Runs all targets or some.
     *
     * @param arguments seconds for each; names of targets, separated by commas, empty for all; the
     *     folder for what is found
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Set<String> chosen = new HashSet<>(List.of(arguments[1].split(",")));
        chosen.remove("");
        boolean sound = true;
        System.out.println("| target | inputs | seconds | finding |\n| --- | --- | --- | --- |");
        for (FuzzTarget target : FuzzTarget.all()) {
            if (chosen.isEmpty() || chosen.contains(target.name())) {
                sound &= run(target, arguments[0], Path.of(arguments[2]).resolve(target.name()));
            }
        }
        if (!sound) {
            System.exit(1);
        }
    }

    private static boolean run(FuzzTarget target, String seconds, Path folder)
            throws IOException, InterruptedException {
        Path found = Files.createDirectories(folder.resolve("found"));
        Path output = folder.resolve("output.txt");
        Process jazzer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JAZZER,
                                "--target_class=" + target.type().getName(),
                                "--instrumentation_includes=io.github.cibapack.**:com.nimbusds.**"
                                        + ":org.greenbytes.**:net.minidev.**",
                                "--disabled_hooks=" + NO_CALLS,
                                "-max_total_time=" + seconds,
                                "-max_len=" + LONGEST_INPUT,
                                "-timeout=" + HANGS_AFTER_SECONDS,
                                "-report_slow_units=" + HANGS_AFTER_SECONDS,
                                "-rss_limit_mb=" + MEGABYTES,
                                "-artifact_prefix=" + folder + "/",
                                found.toString(),
                                FuzzTarget.corpus(target.type()).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .directory(folder.toFile())
                        .start();
        if (!jazzer.waitFor(Long.parseLong(seconds) + GRACE_SECONDS, TimeUnit.SECONDS)) {
            jazzer.destroyForcibly().waitFor();
        }
        Matcher done = DONE.matcher(Files.readString(output));
        boolean ended = done.find();
        boolean sound = ended && jazzer.exitValue() == 0 && findings(folder).isEmpty();
        System.out.printf(
                "| %s | %s | %s | %s |%n",
                target,
                ended ? done.group(1) : "?",
                ended ? done.group(2) : "?",
                sound ? "none" : "see " + output + " " + findings(folder));
        return sound;
    }

    /** Files that Jazzer leaves for a crash, a hang and an overflow of memory. */
    private static List<String> findings(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(crash|timeout|oom|slow-unit)-.*"))
                    .toList();
        }
    }
}
