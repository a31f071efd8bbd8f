// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.suite.OwnServer;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How many classes one plain start goes through, from the {@code as} endpoint until its mail is
 * queued. {@code StartPathTest} counts what any start may go through.
 */
@OwnServer
@DisabledIfSystemProperty(
        named = "it.server",
        matches = "container",
        disabledReason = "a debugger attaches to a port of this machine, not of the container")
class StartPathIT {
    private static final String PACK = "io.github.cibapack.";
    private static final String FIRST = PACK + "pingone.AsResource.authorize";
    private static final String LAST = PACK + "delivery.DeliveryQueue$Place.submit";
    private static final Predicate<String> STEP =
            Pattern.compile("\\Qio.github.cibapack.intake.\\E\\w+\\.<init>").asMatchPredicate();

    private static final int PORT = FreePort.any();

    /** As many as there are: who adds one asks whether it has a reason of its own. */
    private static final int MOST = 95;

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().on(CalledMethods.watchedAt(PORT));

    @Test
    void plainStartGoesThroughABoundedNumberOfClassesAndTakesEachStepOnce()
            throws InterruptedException {
        RelyingParty pump = REALM.gasPump();
        // until then, classes are loaded
        REALM.mailbox().awaitMailFor(pump.start("alice", "Pump 3").accepted().authReqId());
        try (CalledMethods server = CalledMethods.at(PORT)) {
            List<CalledMethods.Call> calls =
                    server.during(() -> pump.start("alice", "Pump 4").accepted(), LAST);

            int first = indexOf(calls, FIRST);
            int last = indexOf(calls, LAST);
            long thread = calls.get(first).thread();
            assertThat(calls.get(last).thread()).isEqualTo(thread);
            List<CalledMethods.Call> path =
                    calls.subList(first, last + 1).stream()
                            .filter(call -> call.thread() == thread)
                            .toList();
            assertThat(path.stream().map(CalledMethods.Call::type).distinct().sorted())
                    .contains(PACK + "intake.AsIntake")
                    .hasSizeLessThanOrEqualTo(MOST);
            assertThat(path.stream().map(CalledMethods.Call::method).filter(STEP))
                    .as("steps of the intake, each of which is an object")
                    .hasSizeGreaterThan(5)
                    .doesNotHaveDuplicates();
        }
    }

    private static int indexOf(List<CalledMethods.Call> calls, String method) {
        return IntStream.range(0, calls.size())
                .filter(at -> calls.get(at).method().equals(method))
                .findFirst()
                .orElseThrow();
    }
}
