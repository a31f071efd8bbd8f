// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import io.github.cibapack.it.server.NeedsKeycloak;
import io.github.cibapack.it.server.ServerOptions;
import io.github.cibapack.it.suite.OwnServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks and polls that are held while the server stops. */
@OwnServer
class ServerStopIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Keycloak itself waits for ten seconds before it cuts what still runs. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int HELD = 20;

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(realm -> Bank.rule(realm, "held", "mode", "hold", "holdSeconds", "50"))
                    .on(ServerOptions.defaults());

    @NeedsKeycloak(
            value = "26.7",
            because = "before, Keycloak closes connections as soon as it stops")
    @Test
    void serverThatStopsAnswersTheChecksAndPollsThatItHolds() {
        ForwardAuth check = ForwardAuth.check(REALM, "held", Bank.tokenOf(REALM, "alice"));
        ExecutorService callers = Executors.newFixedThreadPool(HELD + 1);
        try {
            List<CompletableFuture<Answer>> held = new ArrayList<>();
            for (int i = 0; i < HELD; i++) {
                ForwardAuth own = check.with("X-Forwarded-Uri", "/held/" + i);
                held.add(CompletableFuture.supplyAsync(own::send, callers));
            }
            String id = REALM.gasPump().start("alice", "Stop").accepted().authReqId();
            CompletableFuture<Answer> poll =
                    CompletableFuture.supplyAsync(() -> waitingPoll(id), callers);
            Awaitility.await().atMost(SOON).until(() -> waiting() == HELD + 1);

            long began = System.nanoTime();
            REALM.server().close();
            Duration took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(held)
                    .allSatisfy(
                            answer ->
                                    assertThat(answer)
                                            .succeedsWithin(SOON)
                                            .extracting(Answer::status, Answer::error)
                                            .containsExactly(401, "authorization_pending"));
            assertThat(poll)
                    .succeedsWithin(SOON)
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(400, "authorization_pending");
            assertThat(took).isLessThan(PATIENCE);
        } finally {
            callers.shutdownNow();
        }
    }

    private static Answer waitingPoll(String authReqId) {
        return REALM.gasPump()
                .send(
                        REALM.gasPump().tokenEndpoint(),
                        Form.of("grant_type", RelyingParty.GRANT_TYPE)
                                .and("auth_req_id", authReqId),
                        "Prefer",
                        "wait=25");
    }

    private static double waiting() {
        Metrics metrics = Metrics.of(REALM.server());
        return metrics.gauge("ciba_gateway_waiting") + metrics.gauge("ciba_polls_waiting");
    }
}
