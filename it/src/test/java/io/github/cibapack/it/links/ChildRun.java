// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.links;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in this JVM and writes down what came of them. */
final class ChildRun {
    private ChildRun() {}

    /**
     * Runs them.
     *
     * @param arguments the file for the result, and the classes
     */
    public static void main(String[] arguments) throws IOException {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(
                                        Arrays.stream(arguments)
                                                .skip(1)
                                                .map(name -> selectClass(name))
                                                .toList())
                                .build(),
                        listener);
        Files.write(Path.of(arguments[0]), lines(listener.getSummary()));
        System.exit(0);
    }

    /** Passed, started, and what failed. */
    private static List<String> lines(TestExecutionSummary summary) {
        return Stream.concat(
                        Stream.of(
                                Long.toString(summary.getTestsSucceededCount()),
                                Long.toString(summary.getTestsStartedCount())),
                        summary.getFailures().stream()
                                .map(
                                        failure ->
                                                failure.getTestIdentifier().getLegacyReportingName()
                                                        + ": "
                                                        + failure.getException()))
                .toList();
    }
}
