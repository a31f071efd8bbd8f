// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.grant.HeldPoll;
import io.github.cibapack.policy.CibaPolicies;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.CibaPolicyFactory;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.waiting.Continuations;
import io.github.cibapack.waiting.HeldConnection;
import io.github.cibapack.waiting.PendingWaits;
import io.github.cibapack.waiting.ServerStop;
import io.github.cibapack.waiting.WaitEnd;
import io.github.cibapack.waiting.WaitPlaces;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** The polls of this node that wait for a decision (CIBA Core §7.3, §10.1). */
final class LongPolling implements AutoCloseable {
    private static final String TOKEN_PATH = "/" + AsResourceProviderFactory.PROVIDER_ID + "/token";

    private final PendingWaits waits;
    private final Continuations answers;

    LongPolling(KeycloakSessionFactory sessions, WaitPlaces places) {
        this.answers = new Continuations(sessions, "ciba-poll");
        this.waits = new PendingWaits(sessions, Runnable::run, places);
        ServerStop.announce(waits::release);
        Meters.gauge(
                "ciba_polls_waiting", "Polls that wait for a decision on this node", waits::count);
    }

    /** Whether a call is a poll that may have to wait; its client is not known yet. */
    static boolean isWanted(KeycloakSession session) {
        return session.getContext().getUri().getPath().endsWith(TOKEN_PATH)
                && preferred(session)
                        .map(wait -> !wait.isZero())
                        .orElseGet(
                                () ->
                                        new CibaPolicies(session.getContext().getRealm())
                                                .mayHoldPolls());
    }

    /**
     * How long a poll waits.
     *
     * @param longest zero if it does not
     * @param preferred whether its client has asked for that
     */
    record Patience(Duration longest, boolean preferred) {
        private static final String APPLIED = "Preference-Applied";

        /** RFC 7240 §3 tells of preferences that were honoured, and of nothing else. */
        private Response tell(Response answer, WaitEnd end) {
            return preferred && end != WaitEnd.CUT_SHORT
                    ? Response.fromResponse(answer)
                            .header(APPLIED, "wait=" + longest.toSeconds())
                            .build()
                    : answer;
        }
    }

    /** How long a poll waits: as its client prefers it, else as the policy of its request says. */
    Patience patience(KeycloakSession session, HeldPoll poll) {
        if (!waits.hasPlaceFor(poll.requestId()) || !poll.isSmall()) {
            return new Patience(Duration.ZERO, false);
        }
        return preferred(session)
                .map(wait -> new Patience(wait, true))
                .orElseGet(() -> new Patience(ofPolicy(session, poll), false));
    }

    private static Duration ofPolicy(KeycloakSession session, HeldPoll poll) {
        RealmModel realm = session.getContext().getRealm();
        return poll.request(session)
                .flatMap(request -> ofRequest(realm, request))
                .map(policy -> Duration.ofSeconds(policy.get(CibaPolicyFactory.LONG_POLLING)))
                .orElse(Duration.ZERO);
    }

    private static Optional<CibaPolicy> ofRequest(RealmModel realm, AuthenticationRequest request) {
        return request.policy()
                .flatMap(new CibaPolicies(realm)::find)
                .map(policy -> policy.forUser(realm, request.userId()));
    }

    private static Optional<Duration> preferred(KeycloakSession session) {
        return PreferredWait.in(session.getContext().getHttpRequest().getHttpHeaders());
    }

    /**
     * Holds a poll until its request is decided.
     *
     * @param pending the answer if nothing is decided within the time
     * @param decided makes the answer, in a session of its own
     */
    CompletionStage<Response> hold(
            KeycloakSession session,
            HeldPoll poll,
            Patience patience,
            Response pending,
            Function<KeycloakSession, Response> decided) {
        HeldConnection caller = HeldConnection.ofTheRequest();
        PendingWaits.Wait wait =
                new PendingWaits.Wait(
                        poll.requestId(),
                        poll.realmId(),
                        poll.clientId(),
                        Optional.of(poll.requestId()),
                        new PendingWaits.Look(poll::isOver, Optional.empty()),
                        poll.atMost(patience.longest()));
        return waits.await(session, wait, caller)
                .thenCompose(
                        end ->
                                answer(end, poll, caller, pending, decided)
                                        .thenApply(answer -> patience.tell(answer, end)));
    }

    private CompletionStage<Response> answer(
            WaitEnd end,
            HeldPoll poll,
            HeldConnection caller,
            Response pending,
            Function<KeycloakSession, Response> decided) {
        if (end == WaitEnd.CUT_SHORT || (end == WaitEnd.TIME_UP && !poll.isExpired())) {
            return CompletableFuture.completedStage(pending);
        }
        // an approval must not be used up for a caller who is gone
        return answers.run(
                poll.realmId(),
                later -> caller.isOpen() && poll.isOver(later) ? decided.apply(later) : pending);
    }

    @Override
    public void close() {
        waits.close();
        answers.close();
    }
}
