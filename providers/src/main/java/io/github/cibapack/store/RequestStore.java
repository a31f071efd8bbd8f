// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.time.ServerClock;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.OAuth2DeviceUserCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

import java.util.Map;
import java.util.Optional;

/**
 * The entries of one request, each with a lifespan a little longer than the request itself:
 *
 * <ul>
 *   <li><em>request</em>: Keycloak's own record, so that its endpoints understand it;
 *   <li><em>record</em>: for whom it is; taken by the one redemption that wins;
 *   <li><em>ticket</em>: what the page needs, under the hash of the secret in the link;
 *   <li><em>ticket of</em>: which ticket belongs to a request;
 *   <li><em>decided</em>: the claim of the one decision that wins;
 *   <li><em>outcome</em>: what that decision was.
 * </ul>
 *
 * What is kept of an approval after that, {@link Approvals} tells.
 *
 * <p>Winners are found by {@code putIfAbsent} and {@code remove} alone. {@code replace} is never
 * called: it has no single winner, and in the embedded cache it makes an entry immortal.
 */
public final class RequestStore {

    /** So that {@code expired_token} can still be said. */
    static final int AFTERLIFE_SECONDS = 60;

    /** Long enough for the one redemption in whose transaction it is used. */
    private static final int HANDOVER_SECONDS = 10;

    /**
     * Keycloak reads "approved" off the presence of a session id, and never uses its value for
     * CIBA.
     */
    private static final String APPROVED_SESSION = "approved";

    private static final String PACE = "pace";
    private static final String GROWING = "growing";
    private static final String TICKET = "ticket";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SingleUseObjectProvider store;
    private final OwnTransaction own;

    public RequestStore(KeycloakSession session) {
        this.session = session;
        this.own = new OwnTransaction(session);
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /** Keeps whom a request is for. */
    public void record(RequestRecord record, int expiresIn) {
        store.put(recordKey(record.requestId()), expiresIn + AFTERLIFE_SECONDS, record.toNotes());
    }

    /**
     * Keeps a request in Keycloak's own form, as its endpoint does, with its own lifetime.
     *
     * @param growing whether each early poll makes the interval longer
     */
    public void open(
            CIBAAuthenticationRequest request, int expiresIn, int interval, boolean growing) {
        OAuth2DeviceCodeModel model =
                OAuth2DeviceCodeModel.create(
                        realm,
                        request.getClient(),
                        request.getId(),
                        request.getScope(),
                        null,
                        expiresIn,
                        interval,
                        request.getClientNotificationToken(),
                        RequestIds.shown(request.getId()),
                        growing ? Map.of(PACE, GROWING) : Map.of(),
                        null,
                        null);
        OAuth2DeviceUserCodeModel callback =
                new OAuth2DeviceUserCodeModel(
                        realm, model.getDeviceCode(), request.getAuthResultId());
        int lifespan = expiresIn + AFTERLIFE_SECONDS;
        store.put(model.serializeKey(), lifespan, model.toMap());
        store.put(callback.serializeKey(), lifespan, callback.serializeValue());
    }

    /**
     * Keeps a ticket.
     *
     * @param secret that opens it, known to nobody but the caller
     */
    public void keep(Ticket ticket, String secret) {
        String key = ticketKey(secret);
        store.put(key, lifespan(ticket), ticket.toNotes());
        store.put(ticketOfKey(ticket.requestId()), lifespan(ticket), Map.of(TICKET, key));
    }

    /** Writes down that a request, if it has a ticket, has gone on to another channel. */
    public void reroute(String requestId, String channel) {
        Optional<String> key = ticketKeyOf(requestId);
        ticketOf(requestId)
                .map(ticket -> ticket.over(channel))
                .ifPresent(
                        ticket -> store.put(key.orElseThrow(), lifespan(ticket), ticket.toNotes()));
    }

    private static long lifespan(Ticket ticket) {
        return ticket.expiresAt() - ServerClock.seconds() + AFTERLIFE_SECONDS;
    }

    /** The ticket of a request, for those who need no link: the user who is signed in. */
    public Optional<Ticket> ticketOf(String requestId) {
        return ticketKeyOf(requestId)
                .map(store::get)
                .map(Ticket::of)
                .filter(ticket -> ticket.realmId().equals(realm.getId()));
    }

    /** Where the ticket of a request is. */
    Optional<String> ticketKeyOf(String requestId) {
        return Optional.ofNullable(store.get(ticketOfKey(requestId)))
                .map(notes -> notes.get(TICKET));
    }

    /** The ticket that a secret of this realm opens. */
    public Optional<Ticket> ticket(String secret) {
        return Optional.ofNullable(store.get(ticketKey(secret)))
                .map(Ticket::of)
                .filter(ticket -> ticket.realmId().equals(realm.getId()));
    }

    /** Whether nobody has opened this ticket's page before. Asked once, it is opened. */
    public boolean isFirstOpening(Ticket ticket) {
        return store.putIfAbsent("ciba.opened." + ticket.requestId(), lifespan(ticket));
    }

    /** The ticket of the request that people know by this id. */
    public Optional<Ticket> ticketShownAs(String authReqId) {
        return RequestIds.keptAs(authReqId).stream()
                .map(this::ticketOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The request, whatever its state, or nothing. Costs one {@code get}. */
    public Optional<OAuth2DeviceCodeModel> request(String requestId) {
        return Optional.ofNullable(store.get(OAuth2DeviceCodeModel.createKey(requestId)))
                .map(notes -> OAuth2DeviceCodeModel.fromCache(realm, requestId, notes));
    }

    /** Where a request stands. */
    public RequestState state(String requestId) {
        return RequestState.of(request(requestId).orElse(null));
    }

    /**
     * Takes a poll of a pending request that was started at the documented endpoint. One that is on
     * time costs a {@code get}, a {@code putIfAbsent} and a {@code put}, another one the first two
     * at most.
     */
    public PollPace.Verdict poll(OAuth2DeviceCodeModel request) {
        boolean growing = GROWING.equals(request.getAdditionalParams().get(PACE));
        return new PollPace(session.singleUseObjects())
                .poll(
                        request.getDeviceCode(),
                        request.getPollingInterval(),
                        request.getExpiration(),
                        growing);
    }

    /**
     * Opens Keycloak's own polling lock, so that a decided request is answered at once, however
     * early the poll: a relying party polls right after a ping.
     */
    public void unlockPolling(OAuth2DeviceCodeModel request) {
        store.remove(request.serializePollingKey());
    }

    /** What was decided, if anything was. */
    public Optional<Outcome> outcome(String requestId) {
        return Optional.ofNullable(store.get(outcomeKey(requestId))).map(Outcome::of);
    }

    /**
     * Decides a request. All that may fail must have happened before.
     *
     * @return whether this decision is the one that counts; false where another one was first, or
     *     the request is over
     */
    public boolean decide(String requestId, Decision decision) {
        return decide(requestId, decision, Optional.empty());
    }

    /**
     * Decides a request, as above.
     *
     * @param login the login that the decision rests on, if any
     */
    public boolean decide(String requestId, Decision decision, Optional<Login> login) {
        OAuth2DeviceCodeModel request = request(requestId).orElse(null);
        if (RequestState.of(request) != RequestState.PENDING) {
            return false;
        }
        long lifespan = request.getExpiration() - ServerClock.seconds() + AFTERLIFE_SECONDS;
        if (!store.putIfAbsent(decidedKey(requestId), lifespan)) {
            return false;
        }
        keepFirst(request, lifespan, new Outcome(decision, ServerClock.seconds(), login));
        OAuth2DeviceCodeModel decided =
                decision.isApproval() ? request.approve(APPROVED_SESSION) : request.deny();
        store.put(decided.serializeKey(), lifespan, decided.toMap());
        record(requestId).ifPresent(this::releaseSlots);
        new HeldLimits(session).settle(requestId, decision);
        session.getKeycloakSessionFactory().publish(new RequestDecided(session, decided, decision));
        return true;
    }

    /**
     * Decides a request as above, and commits it before it returns. Where the store is the
     * database, a decision holds rows until then: somebody who decides several requests in one
     * transaction and somebody who decides them in another order would wait for each other.
     */
    public boolean decideAtOnce(String requestId, Decision decision, Optional<Login> login) {
        return own.run(alone -> new RequestStore(alone).decide(requestId, decision, login));
    }

    /**
     * Blocks a client for a user, and commits it before it returns.
     *
     * @see ReportBlocks#block
     */
    public boolean blockAtOnce(Decision because, String clientId, String userId, int minutes) {
        return own.run(alone -> new ReportBlocks(alone).block(because, clientId, userId, minutes));
    }

    /**
     * Keeps the outcome, and an approval, in a transaction of its own. The embedded cache writes
     * the entries of one transaction in no order: no poll on any node may find a request approved
     * and not how, and no redemption may be faster than what its revocation needs.
     */
    private void keepFirst(OAuth2DeviceCodeModel request, long lifespan, Outcome outcome) {
        own.run(
                alone -> {
                    alone.singleUseObjects()
                            .put(outcomeKey(request.getDeviceCode()), lifespan, outcome.toNotes());
                    if (outcome.decision().isApproval()) {
                        Approvals.keep(alone, request);
                    }
                    return null;
                });
    }

    private void releaseSlots(RequestRecord record) {
        record.slots()
                .ifPresent(slots -> new PendingSlots(session).release(slots, record.requestId()));
    }

    /** Whom a request is for, left where it is. */
    public Optional<RequestRecord> record(String requestId) {
        return Optional.ofNullable(store.get(recordKey(requestId)))
                .map(notes -> RequestRecord.of(requestId, notes));
    }

    /** The record of the request that people know by this id, if it is one of this realm. */
    public Optional<RequestRecord> recordShownAs(String authReqId) {
        return RequestIds.keptAs(authReqId).stream()
                .map(this::record)
                .flatMap(Optional::stream)
                .findFirst()
                .filter(record -> request(record.requestId()).isPresent());
    }

    /** Takes the record: exactly one caller of all nodes gets it, and it may redeem. */
    public Optional<RequestRecord> take(String requestId) {
        Optional<RequestRecord> taken =
                Optional.ofNullable(store.remove(recordKey(requestId)))
                        .map(notes -> RequestRecord.of(requestId, notes));
        taken.ifPresent(this::releaseSlots);
        return taken;
    }

    /**
     * Takes an approval away that nobody has redeemed, and commits it before it returns: the
     * request polls as denied from then on. Of this and all redemptions one wins.
     */
    public boolean withdrawAtOnce(String requestId) {
        return own.run(alone -> new RequestStore(alone).withdraw(requestId));
    }

    private boolean withdraw(String requestId) {
        if (take(requestId).isEmpty()) {
            return false;
        }
        request(requestId)
                .filter(request -> RequestState.of(request) == RequestState.APPROVED)
                .ifPresent(
                        request -> {
                            OAuth2DeviceCodeModel denied = request.deny();
                            store.put(
                                    denied.serializeKey(),
                                    request.getExpiration()
                                            - ServerClock.seconds()
                                            + AFTERLIFE_SECONDS,
                                    denied.toMap());
                        });
        return true;
    }

    /** Removes a request that has been redeemed. */
    public void close(String requestId) {
        store.remove(OAuth2DeviceCodeModel.createKey(requestId));
    }

    /**
     * Puts an approved request under a fresh id, for Keycloak's grant to redeem within this very
     * transaction. The fresh id has no polling lock of its own, so an early poll cannot stand in
     * the way of an approval; nobody outside ever learns it.
     */
    public void handOver(CIBAAuthenticationRequest approved, ClientModel client) {
        OAuth2DeviceCodeModel model =
                OAuth2DeviceCodeModel.create(
                                realm,
                                client,
                                approved.getId(),
                                approved.getScope(),
                                null,
                                HANDOVER_SECONDS,
                                1,
                                null,
                                null,
                                Map.of(),
                                null,
                                null)
                        .approve(APPROVED_SESSION);
        store.put(model.serializeKey(), HANDOVER_SECONDS, model.toMap());
    }

    private static String recordKey(String requestId) {
        return "ciba.record." + requestId;
    }

    static String ticketKey(String secret) {
        return "ciba.ticket." + Hashes.sha256(secret);
    }

    private static String ticketOfKey(String requestId) {
        return "ciba.ticket-of." + requestId;
    }

    private static String decidedKey(String requestId) {
        return "ciba.decided." + requestId;
    }

    private static String outcomeKey(String requestId) {
        return "ciba.outcome." + requestId;
    }
}
