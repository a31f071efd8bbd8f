// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.store.Entries;
import io.github.cibapack.store.Hashes;
import io.github.cibapack.store.NewerEntryException;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.time.ServerClock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.OAuth2DeviceUserCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * The one store of authentication requests, and its only writer. What is kept of one, each with a
 * lifespan a little longer than the request itself:
 *
 * <ul>
 *   <li><em>device code</em>: what Keycloak knows of it; tells the state ({@link DeviceCodes});
 *   <li><em>request</em>: the {@link AuthenticationRequest};
 *   <li><em>link</em>: which request the secret of a link opens, under the hash of the secret, if
 *       the id of the request is not such a hash already ({@link RequestIds#ofLink});
 *   <li><em>user's slot</em>: by which the user's list finds it ({@link PendingSlots}).
 * </ul>
 *
 * How far a request has come is in {@link RequestProgress}, how it was decided in {@link Outcomes},
 * how an approval is used in {@link Redemptions}, and what is kept of it after that in {@link
 * Approvals}.
 *
 * <p>Winners are found by {@code putIfAbsent} alone. {@code replace} is never called: it has no
 * single winner, and in the embedded cache it makes an entry immortal.
 */
public final class Requests {

    /** So that {@code expired_token} can still be said. */
    static final int AFTERLIFE_SECONDS = 60;

    private static final String REQUEST = "request";

    /** 256 random bits, in an alphabet that no mail client breaks. */
    private static final int SECRET_BYTES = 32;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SingleUseObjectProvider store;
    private final Entries entries;

    public Requests(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
        this.entries = new Entries(store);
    }

    public static String newSecret() {
        return Base64Url.encode(SecretGenerator.getInstance().randomBytes(SECRET_BYTES));
    }

    /**
     * Keeps a request whose device code Keycloak's endpoint keeps.
     *
     * @param secret of its link, known to nobody but the caller; empty if nobody gets one
     * @param expiresIn lifetime of the device code, in seconds
     */
    public void open(AuthenticationRequest request, Optional<String> secret, int expiresIn) {
        int lifespan = expiresIn + AFTERLIFE_SECONDS;
        request.reserved()
                .place()
                .ifPresent(
                        place ->
                                new PendingSlots(session)
                                        .list(place, request.id(), request.clientId(), expiresIn));
        Optional<String> link =
                secret.map(
                        known ->
                                RequestIds.isOwn(request.id())
                                        ? AuthenticationRequest.ID
                                        : linkKey(known));
        link.ifPresent(kept -> keepLink(request.id(), kept, lifespan));
        entries.put(
                key(request.id()),
                lifespan,
                link.map(request::toNotes).orElseGet(request::toNotes));
    }

    /**
     * Keeps a request and, as Keycloak's endpoint does, its device code.
     *
     * @param asked the same request as Keycloak's channels know it
     * @param calledBack whether another server may decide it by Keycloak's callback
     * @see #open(AuthenticationRequest, Optional, int)
     */
    public void open(
            AuthenticationRequest request,
            Optional<String> secret,
            CIBAAuthenticationRequest asked,
            PollRateLimiter.Rate rate,
            boolean calledBack) {
        int expiresIn = Math.toIntExact(request.expiresAt() - request.createdAt());
        OAuth2DeviceCodeModel model =
                OAuth2DeviceCodeModel.create(
                        realm,
                        asked.getClient(),
                        request.id(),
                        request.scope(),
                        null,
                        expiresIn,
                        rate.interval(),
                        asked.getClientNotificationToken(),
                        request.authReqId(),
                        rate.toParameters(),
                        null,
                        null);
        int lifespan = expiresIn + AFTERLIFE_SECONDS;
        open(request, secret, expiresIn);
        DeviceCodes.keep(store, model, lifespan);
        if (calledBack) {
            DeviceCodes.keepCallback(
                    store,
                    new OAuth2DeviceUserCodeModel(realm, request.id(), asked.getAuthResultId()),
                    lifespan);
        }
    }

    /**
     * Lets a further link open a pending request; the others stay good. It is kept for as long as
     * an approval can be revoked, as few requests have one: no decision has to look for it.
     */
    public void addLink(AuthenticationRequest request, String secret) {
        deviceCode(request.id())
                .ifPresent(
                        code ->
                                entries.put(
                                        linkKey(secret),
                                        lifespan(code) + ApprovalLifespan.LONGEST_SECONDS,
                                        Map.of(REQUEST, request.id())));
    }

    /** Writes down that a pending request has gone on to another channel. */
    public void reroute(String requestId, String channel) {
        Optional<OAuth2DeviceCodeModel> code = deviceCode(requestId);
        Optional<AuthenticationRequest> request = find(requestId);
        if (code.isPresent() && request.isPresent()) {
            entries.put(
                    key(requestId), lifespan(code.get()), request.get().over(channel).toNotes());
        }
    }

    static long lifespan(AuthenticationRequest request) {
        return request.expiresAt() - ServerClock.seconds() + AFTERLIFE_SECONDS;
    }

    static long lifespan(OAuth2DeviceCodeModel request) {
        return request.getExpiration() - ServerClock.seconds() + AFTERLIFE_SECONDS;
    }

    /**
     * The request with this id; redeemed or decided, it is known until it expires.
     *
     * @throws NewerEntryException if this version does not know the form of the request
     */
    public Optional<AuthenticationRequest> find(String requestId) {
        return read(requestId, entries.get(key(requestId)));
    }

    /** The same for lists: empty, too, if this version does not know the form of the request. */
    public Optional<AuthenticationRequest> findIfKnown(String requestId) {
        return read(requestId, entries.getIfKnown(key(requestId)));
    }

    /** The same, if nobody has decided the request. */
    public Optional<AuthenticationRequest> findUndecided(String requestId) {
        return findIfKnown(requestId).filter(request -> !store.contains(Outcomes.key(requestId)));
    }

    private Optional<AuthenticationRequest> read(
            String requestId, Optional<Map<String, String>> kept) {
        return kept.map(notes -> AuthenticationRequest.of(requestId, notes))
                .filter(request -> request.realmId().equals(realm.getId()));
    }

    /** The request that the secret of a link opens. */
    public Optional<AuthenticationRequest> byLink(String secret) {
        return opened(secret, this::find, Function.identity());
    }

    /**
     * What the secret of a link opens, over or not. A request that another channel than a message
     * asks for has no link, though the id is the hash of one that a failed message may have told.
     *
     * @param find by the id of a request
     * @param request that is found so
     */
    <T> Optional<T> opened(
            String secret,
            Function<String, Optional<T>> find,
            Function<T, AuthenticationRequest> request) {
        Function<String, Optional<T>> byHash =
                id -> find.apply(id).filter(found -> request.apply(found).isOpenedByItsId());
        return byHash.apply(RequestIds.ofLink(secret))
                .or(
                        () ->
                                entries.get(linkKey(secret))
                                        .flatMap(notes -> find.apply(notes.get(REQUEST))))
                .or(() -> byHash.apply(RequestIds.ofLinkOfRule(secret)));
    }

    /** Lets the first link of a request open its approval for longer than the request. */
    void keepLink(AuthenticationRequest request, long lifespan) {
        request.link().ifPresent(link -> keepLink(request.id(), link, lifespan));
    }

    private void keepLink(String requestId, String link, long lifespan) {
        if (!link.equals(AuthenticationRequest.ID)) {
            entries.put(link, lifespan, Map.of(REQUEST, requestId));
        }
    }

    /** The request that people know by this id. */
    public Optional<AuthenticationRequest> shownAs(String authReqId) {
        return RequestIds.keptAs(authReqId).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The device code of a request, whatever its state. Costs one {@code get}. */
    public Optional<OAuth2DeviceCodeModel> deviceCode(String requestId) {
        return DeviceCodes.find(realm, store, requestId);
    }

    /**
     * The device code of a client's own request, by the id that its relying party was given: empty
     * if it is unknown, another client's, or was not started at the {@code as} endpoint.
     */
    public Optional<OAuth2DeviceCodeModel> deviceCodeOf(ClientModel client, String authReqId) {
        return RequestIds.fromAuthReqId(authReqId)
                .flatMap(this::deviceCode)
                .filter(found -> client.getClientId().equals(found.getClientId()));
    }

    public RequestState state(String requestId) {
        return RequestState.of(deviceCode(requestId).orElse(null));
    }

    /**
     * Opens Keycloak's own polling lock, so that a decided request is answered at once, however
     * early the poll: a relying party polls right after a ping.
     */
    public void unlockPolling(OAuth2DeviceCodeModel request) {
        store.remove(request.serializePollingKey());
    }

    void releaseSlots(AuthenticationRequest request) {
        request.reserved()
                .place()
                .ifPresent(place -> new PendingSlots(session).release(place, request.id()));
    }

    /** The user is asked: tells so when the session has committed. */
    public void accepted(AuthenticationRequest request) {
        AfterCommit.run(session, new RequestEvent.Accepted(session, request)::publish);
    }

    /** Nobody has decided the request in time. */
    public void expired(AuthenticationRequest request) {
        new RequestEvent.Expired(session, request).publish();
    }

    private static String key(String requestId) {
        return "ciba.request." + requestId;
    }

    static String linkKey(String secret) {
        return "ciba.link." + Hashes.sha256(secret);
    }
}
