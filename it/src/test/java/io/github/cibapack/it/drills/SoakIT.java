// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.server.Workspace;
import io.github.cibapack.it.suite.OwnServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten minutes of mixed work ({@code -Dsoak.minutes}), one in a hundred times with a fault, leave
 * nothing behind: no heap, thread, file, connection or store entry.
 */
@EnabledIfSystemProperty(
        named = "it.soak",
        matches = "true",
        disabledReason = "takes a quarter of an hour: ./mvnw -Psoak verify")
@OwnServer
class SoakIT {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int LEAST_LOOKS = 3;

    /** Classes, caches and pools are filled, and as many entries end as begin. */
    private static final double WARM_UP = 0.25;

    /** The longest that is kept of a request here is kept for two minutes, and then reaped. */
    private static final Duration UNTIL_ALL_IS_OVER = Duration.ofMinutes(5);

    private static final double SOME = 1.1;
    private static final int FEW = 10;

    @RegisterExtension
    static final ServerAndDatabase HERE = new ServerAndDatabase(SoakWork::prepare);

    /** It ends by itself, when the work has taken twice its time. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void nothingIsLeftOverAndNothingIsAnsweredWrongly() throws Exception {
        Duration time = Duration.ofMinutes(Integer.getInteger("soak.minutes", 10));
        ServerState before = ServerState.of(HERE.server(), Duration.ZERO);
        SoakWork work = new SoakWork(HERE);
        List<ServerState> during = new ArrayList<>();
        try (work) {
            CompletableFuture<Void> working = CompletableFuture.runAsync(() -> work.run(time));
            long begin = System.nanoTime();
            Awaitility.await("the end of the work")
                    .atMost(time.multipliedBy(2))
                    .pollDelay(Duration.ofMillis((long) (time.toMillis() * WARM_UP)))
                    .pollInterval(BETWEEN_LOOKS)
                    .until(
                            () -> {
                                Duration since = Duration.ofNanos(System.nanoTime() - begin);
                                ServerState now = ServerState.of(HERE.server(), since);
                                during.add(now);
                                System.err.println("[it] " + now + " " + work.wrong());
                                return working.isDone();
                            });
            working.join();
        }
        ServerState after = whenAllIsOver(before.entries() + work.countedByQuota());
        new SoakReport(folder())
                .write(before, during, after, work.counts(), System.getProperty("soak.how", "."));

        assertThat(work.wrong()).isEmpty();
        assertThat(during).hasSizeGreaterThanOrEqualTo(LEAST_LOOKS);
        List<ServerState> first = SoakReport.first(during);
        List<ServerState> last = SoakReport.last(during);
        assertFlat("heap after full collections", first, last, ServerState::heap);
        assertFlat("threads", first, last, ServerState::threads);
        assertFlat("open files", first, last, ServerState::files);
        assertThat(after.connections())
                .as("connections in use")
                .isLessThan(before.connections() + FEW);
        assertThat(after.entries())
                .as("store entries")
                .isLessThanOrEqualTo(before.entries() + work.countedByQuota());
        assertThat(after.waiting()).as("what waits").isZero();
    }

    private static void assertFlat(
            String what,
            List<ServerState> first,
            List<ServerState> last,
            ToDoubleFunction<ServerState> value) {
        assertThat(SoakReport.middle(last, value))
                .as(what)
                .isLessThan(SoakReport.middle(first, value) * SOME);
    }

    /** The state when what is kept for a while is over, or after a time in which it must be. */
    private static ServerState whenAllIsOver(double entries) {
        AtomicReference<ServerState> last = new AtomicReference<>();
        try {
            Awaitility.await("the end of all that is kept for a while")
                    .atMost(UNTIL_ALL_IS_OVER)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(BETWEEN_LOOKS)
                    .until(
                            () -> {
                                last.set(ServerState.of(HERE.server(), Duration.ZERO));
                                return last.get().entries() <= entries;
                            });
        } catch (ConditionTimeoutException tooMuchIsLeft) {
            // which the report shows before the test fails
        }
        return last.get();
    }

    private static Path folder() {
        String report = System.getProperty("soak.report");
        return report == null ? Workspace.current().target().resolve("soak") : Path.of(report);
    }
}
