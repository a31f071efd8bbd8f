// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.audit.TracedStep;
import io.github.cibapack.store.Entries;
import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * How requests are decided, each once. Two entries are written of a decision, each with a lifespan
 * a little longer than the request:
 *
 * <ul>
 *   <li><em>decided</em>: the claim of the one decision that wins;
 *   <li><em>outcome</em>: what that decision was.
 * </ul>
 */
public final class Outcomes {

    /**
     * Keycloak reads "approved" off the presence of a session id, and never uses its value for
     * CIBA.
     */
    static final String APPROVED_SESSION = "approved";

    private final KeycloakSession session;
    private final SingleUseObjectProvider store;
    private final Requests requests;

    public Outcomes(KeycloakSession session) {
        this.session = session;
        this.store = session.singleUseObjects();
        this.requests = new Requests(session);
    }

    /** How a request was decided; empty if it was not. */
    public Optional<Outcome> of(String requestId) {
        return new Entries(store).get(key(requestId)).map(Outcome::of);
    }

    /**
     * The same, no older than the call. Where the store is the database, the transaction at hand
     * may not see what another one has committed since.
     */
    public Optional<Outcome> now(String requestId) {
        return new OwnTransaction(session).run(alone -> new Outcomes(alone).of(requestId));
    }

    /**
     * Decides a request, and commits it before it returns. All that may fail must have happened
     * before. Where the store is the database, a decision holds rows until its commit: somebody who
     * decides several requests in one transaction and somebody who decides them in another order
     * would wait for each other.
     *
     * @param login the login that the decision rests on, if any
     * @param details how it came about, as details of an event
     * @return whether this decision is the one that counts; false if another one was first, or the
     *     request is over
     */
    public boolean decide(
            AuthenticationRequest request,
            Decision decision,
            Optional<Login> login,
            Map<String, String> details) {
        Outcome outcome = new Outcome(decision, ServerClock.seconds(), login);
        Optional<OAuth2DeviceCodeModel> decided =
                TracedStep.DECISION.trace(
                        session,
                        notes -> {
                            notes.request(request.authReqId());
                            Optional<OAuth2DeviceCodeModel> won =
                                    new OwnTransaction(session)
                                            .run(
                                                    alone ->
                                                            new Outcomes(alone)
                                                                    .decide(request, outcome));
                            notes.outcome(won.isPresent() ? decision.value() : "too_late");
                            return won;
                        });
        decided.ifPresent(
                code ->
                        new RequestEvent.Decided(session, request, code, outcome, details)
                                .publish());
        return decided.isPresent();
    }

    private Optional<OAuth2DeviceCodeModel> decide(AuthenticationRequest request, Outcome outcome) {
        OAuth2DeviceCodeModel pending = requests.deviceCode(request.id()).orElse(null);
        if (RequestState.of(pending) != RequestState.PENDING) {
            return Optional.empty();
        }
        long lifespan = Requests.lifespan(pending);
        if (!store.putIfAbsent(decidedKey(request.id()), lifespan)) {
            return Optional.empty();
        }
        keepFirst(pending, lifespan, outcome);
        OAuth2DeviceCodeModel decided =
                outcome.decision().isApproval()
                        ? pending.approve(APPROVED_SESSION)
                        : pending.deny();
        DeviceCodes.keep(store, decided, lifespan);
        requests.releaseSlots(request);
        request.reserved().settle(new NumberedSlots(session), outcome.decision());
        return Optional.of(decided);
    }

    /**
     * Keeps the outcome, and an approval, in a transaction of its own. The embedded cache writes
     * the entries of one transaction in no order: no poll on any node may find a request approved
     * and not how, and no redemption may be faster than what its revocation needs.
     */
    private void keepFirst(OAuth2DeviceCodeModel request, long lifespan, Outcome outcome) {
        new OwnTransaction(session)
                .run(
                        alone -> {
                            new Entries(alone.singleUseObjects())
                                    .put(key(request.getDeviceCode()), lifespan, outcome.toNotes());
                            if (outcome.decision().isApproval()) {
                                Approvals.keep(alone, request, outcome);
                            }
                            return null;
                        });
    }

    /**
     * Whether a request that was pending has been decided since. As long as it has not, that costs
     * one {@code contains}: who waits asks again and again.
     */
    public boolean isDecided(String requestId) {
        return store.contains(decidedKey(requestId))
                && requests.state(requestId) != RequestState.PENDING;
    }

    private static String decidedKey(String requestId) {
        return "ciba.decided." + requestId;
    }

    static String key(String requestId) {
        return "ciba.outcome." + requestId;
    }
}
