// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.suite;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Knows the test classes of this run that have not ended yet. */
public final class RunningClasses implements TestExecutionListener {

    private static final Set<String> UNFINISHED = ConcurrentHashMap.newKeySet();

    /** The simple names of classes that still run or are still to come. */
    public static Set<String> unfinished() {
        return new TreeSet<>(UNFINISHED);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        plan.getRoots().stream()
                .flatMap(root -> plan.getChildren(root).stream())
                .map(RunningClasses::nameOf)
                .forEach(name -> name.ifPresent(UNFINISHED::add));
    }

    @Override
    public void executionFinished(TestIdentifier ended, TestExecutionResult result) {
        nameOf(ended).ifPresent(UNFINISHED::remove);
    }

    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        nameOf(skipped).ifPresent(UNFINISHED::remove);
    }

    private static Optional<String> nameOf(TestIdentifier identifier) {
        return identifier
                .getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass().getSimpleName());
    }
}
