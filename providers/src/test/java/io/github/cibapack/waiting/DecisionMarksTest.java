// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.ChangeMarks;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionMarksTest {
    private static final NavigableSet<Integer> ANY = new TreeSet<>(Set.of(ChangeMarks.OF_ANY));

    private final List<NavigableSet<Integer>> written = new CopyOnWriteArrayList<>();

    @Test
    void decisionsThatComeWhileMarksAreWrittenAreWrittenTogether() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Set<String> many =
                IntStream.range(0, 1000).mapToObj(i -> "r" + i).collect(Collectors.toSet());
        try (DecisionMarks marks =
                new DecisionMarks(
                        numbers -> {
                            begun.countDown();
                            uninterrupted(mayGoOn);
                            written.add(numbers);
                        })) {
            marks.mark("one");
            begun.await();
            many.forEach(marks::mark);
            mayGoOn.countDown();
        }

        assertThat(written).containsExactly(numbers(Set.of("one")), ANY, numbers(many), ANY);
    }

    @Test
    void marksThatCouldNotBeWrittenComeWithTheNext() {
        CountDownLatch failed = new CountDownLatch(1);
        try (DecisionMarks marks = new DecisionMarks(failingOnce(failed, numbers -> true))) {
            marks.mark("one");
            uninterrupted(failed);
            marks.mark("other");
        }

        assertThat(written.stream().filter(numbers -> !numbers.equals(ANY)).flatMap(Set::stream))
                .containsExactlyInAnyOrderElementsOf(numbers(Set.of("one", "other")));
    }

    @Test
    void markOfAnyThatCouldNotBeWrittenBringsTheOthersAgain() {
        CountDownLatch failed = new CountDownLatch(1);
        try (DecisionMarks marks = new DecisionMarks(failingOnce(failed, ANY::equals))) {
            marks.mark("one");
            uninterrupted(failed);
            marks.mark("other");
        }

        assertThat(written)
                .startsWith(numbers(Set.of("one")))
                .endsWith(numbers(Set.of("one", "other")), ANY);
    }

    @Test
    void lastMarksAreWrittenBeforeTheServerStops() {
        DecisionMarks marks = new DecisionMarks(written::add);
        marks.mark("one");
        marks.close();

        assertThat(written).containsExactly(numbers(Set.of("one")), ANY);
    }

    @Test
    void decisionThatFallsWhileTheServerStopsIsNoError() {
        DecisionMarks marks = new DecisionMarks(written::add);
        marks.close();
        marks.mark("one");

        assertThat(written).isEmpty();
    }

    /** A store that fails at the first marks of this kind. */
    private Consumer<NavigableSet<Integer>> failingOnce(
            CountDownLatch failed, Predicate<NavigableSet<Integer>> kind) {
        return numbers -> {
            if (kind.test(numbers) && failed.getCount() > 0) {
                failed.countDown();
                throw new IllegalStateException("no database");
            }
            written.add(numbers);
        };
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NavigableSet<Integer> numbers(Set<String> ids) {
        return ids.stream().map(ChangeMarks::number).collect(Collectors.toCollection(TreeSet::new));
    }
}
