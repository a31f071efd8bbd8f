// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** The samples of a recording, by the step of a request that each belongs to. */
final class Stacks {
    /** How frames of the pack are written. */
    static final String PACK = "ciba.";

    /** How those of Keycloak are. */
    static final String KEYCLOAK = "keycloak.";

    /** What only calls the next frame. */
    private static final Pattern PLUMBING =
            Pattern.compile(
                    "^java\\.util\\.(stream|Optional)|^org\\.infinispan\\.(interceptors|commands)"
                            + "|\\$\\$Lambda|\\.lambda\\$");

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** A step, told by the outermost frame of the pack. */
    enum Step {
        START("pingone.AsResource.authorize"),
        MAIL("delivery."),
        PAGE("approval.ApprovalResource.show"),
        DECISION("approval.ApprovalResource.decide"),
        REDEMPTION("pingone.AsResource.token"),
        EXPIRY("observation.ExpiryWatch"),
        REST("");

        private final String frame;

        Step(String frame) {
            this.frame = PACK + frame;
        }

        private boolean begins(String name) {
            return this != REST && name.startsWith(frame);
        }
    }

    private final Map<Step, List<List<String>>> byStep = new EnumMap<>(Step.class);
    private final List<List<String>> whole = new ArrayList<>();

    static Stacks read(Path recording) throws IOException {
        Stacks all = new Stacks();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && event.getStackTrace() != null) {
                    List<String> stack = new ArrayList<>();
                    event.getStackTrace().getFrames().stream()
                            .map(Stacks::name)
                            .filter(name -> !PLUMBING.matcher(name).find())
                            .forEach(stack::add);
                    Collections.reverse(stack);
                    all.add(stack);
                }
            }
        }
        return all;
    }

    /** Without what encloses the step: it is the same for all. */
    private void add(List<String> stack) {
        whole.add(stack);
        for (int i = 0; i < stack.size(); i++) {
            for (Step step : Step.values()) {
                if (step.begins(stack.get(i))) {
                    add(step, stack.subList(i, stack.size()));
                    return;
                }
            }
        }
        add(Step.REST, stack);
    }

    private void add(Step step, List<String> stack) {
        byStep.computeIfAbsent(step, none -> new ArrayList<>()).add(stack);
    }

    private static String name(RecordedFrame frame) {
        String type =
                frame.getMethod()
                        .getType()
                        .getName()
                        .replace("io.github.cibapack.", PACK)
                        .replace("org.keycloak.", KEYCLOAK);
        return type + "." + frame.getMethod().getName();
    }

    List<List<String>> of(Step step) {
        return byStep.getOrDefault(step, List.of());
    }

    /** All samples, each with what encloses its step. */
    List<List<String>> whole() {
        return whole;
    }

    int count() {
        return whole.size();
    }

    /** In how many samples each frame is. */
    static Map<String, Integer> within(List<List<String>> stacks) {
        Map<String, Integer> counts = new HashMap<>();
        stacks.forEach(
                stack ->
                        new HashSet<>(stack)
                                .forEach(frame -> counts.merge(frame, 1, Integer::sum)));
        return counts;
    }
}
