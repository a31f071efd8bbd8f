// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test method in this JVM and writes down what came of it. */
final class SingleTest implements TestExecutionListener {

    /** What can come of a test, from the best to the worst for the proof. */
    enum Result {
        /** An assertion of the test failed: it is the test that noticed. */
        RED,
        GREEN,
        /** Anything else went wrong, which proves nothing. */
        BROKEN,
        NOT_RUN
    }

    private Result result = Result.NOT_RUN;
    private String message = "";

    private SingleTest() {}

    /**
     * Runs it.
     *
     * @param arguments the class, the method, and the file for the result
     */
    public static void main(String[] arguments) throws IOException {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(arguments[0]))
                        .filters(only(arguments[1]))
                        .build();
        SingleTest test = new SingleTest();
        LauncherFactory.create().execute(request, test);
        Files.writeString(Path.of(arguments[2]), test.result + "\n" + test.message);
        System.exit(0);
    }

    private static PostDiscoveryFilter only(String method) {
        return descriptor ->
                FilterResult.includedIf(
                        descriptor
                                .getSource()
                                .map(
                                        source ->
                                                !(source instanceof MethodSource one)
                                                        || one.getMethodName().equals(method))
                                .orElse(true));
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult outcome) {
        if (outcome.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            if (identifier.isTest() && result == Result.NOT_RUN) {
                result = Result.GREEN;
            }
            return;
        }
        boolean asserted = outcome.getThrowable().orElse(null) instanceof AssertionError;
        if (result != Result.RED) {
            result = asserted && identifier.isTest() ? Result.RED : Result.BROKEN;
            message = String.valueOf(outcome.getThrowable().orElse(null));
        }
    }
}
