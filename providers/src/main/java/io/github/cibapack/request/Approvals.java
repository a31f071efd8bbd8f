// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Entries;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.time.ServerClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.TokenManager;

/**
 * The approvals that can be revoked, and their revocations:
 *
 * <ul>
 *   <li><em>approval</em> ({@code ciba.approval.<request>}): an {@link Approval}; as long as the
 *       access lives, a day at most;
 *   <li><em>link</em> ({@code ciba.link.<hash>}): kept as long as the approval that it opens, where
 *       the id of the request is no hash of the link's secret;
 *   <li><em>approvals</em>: where a user's approvals are ({@link LatestApprovals});
 *   <li><em>revoked</em> ({@code ciba.revoked.<request>}): the approval must not be used any more;
 *       a day;
 *   <li><em>revocation</em> ({@code ciba.revocation.<request>}, {@code ….first}): it is done, and
 *       what it has done; a day.
 * </ul>
 *
 * A redemption and a revocation may meet. The redemption writes down what it makes and then looks
 * whether the approval is revoked; the revocation marks the approval as revoked and then looks what
 * a redemption has made. Each step is a transaction of its own, so at least one of the two sees the
 * other, on any node.
 */
public final class Approvals {
    private static final Logger LOG = Logger.getLogger(Approvals.class);

    private static final String RESULT = "result";

    private final KeycloakSession session;
    private final OwnTransaction own;
    private final String realmId;

    public Approvals(KeycloakSession session) {
        this.session = session;
        this.own = new OwnTransaction(session);
        this.realmId = session.getContext().getRealm().getId();
    }

    /** Keeps a new approval; part of the decision that won. */
    static void keep(KeycloakSession alone, OAuth2DeviceCodeModel code, Outcome outcome) {
        new Requests(alone)
                .find(code.getDeviceCode())
                .filter(AuthenticationRequest::hasPage)
                .ifPresent(
                        request -> {
                            long unused = code.getExpiration() - ServerClock.seconds();
                            write(alone, request, new Approval.Use.Unused(), unused);
                            list(alone, request, outcome, unused);
                        });
    }

    /** No sooner over than the request, and in the store for as long as a redemption may last. */
    private static void write(
            KeycloakSession alone, AuthenticationRequest request, Approval.Use use, long seconds) {
        long now = ServerClock.seconds();
        long until = Math.max(request.expiresAt(), now + seconds);
        long lifespan = until - now + Requests.AFTERLIFE_SECONDS;
        entries(alone)
                .put(approvalKey(request.id()), lifespan, Approval.notes(request, use, until));
        new Requests(alone).keepLink(request, lifespan);
    }

    /** An approval that is not listed can still be revoked by its link. */
    private static void list(
            KeycloakSession alone,
            AuthenticationRequest request,
            Outcome outcome,
            long untilRedeemed) {
        try {
            RealmModel realm = alone.getContext().getRealm();
            boolean offline =
                    TokenManager.parseScopeParameter(request.scope())
                            .anyMatch(OAuth2Constants.OFFLINE_ACCESS::equals);
            long seconds = untilRedeemed + ApprovalLifespan.seconds(realm, offline);
            new OwnTransaction(alone)
                    .run(
                            another -> {
                                new LatestApprovals(another)
                                        .add(
                                                request.userId(),
                                                request.clientId(),
                                                request.id(),
                                                seconds);
                                Receipts.keep(another, request, outcome, seconds);
                                return null;
                            });
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The approval of request %s is not listed: %s",
                    request.authReqId(), e.getClass().getSimpleName());
        }
    }

    /**
     * Writes down what an approval is used for, before it is.
     *
     * @param seconds for which it can be revoked; it can be as long as its request lives anyway
     */
    public void use(AuthenticationRequest request, Approval.Use use, long seconds) {
        if (request.hasPage()) {
            own.run(
                    alone -> {
                        write(alone, request, use, seconds);
                        return null;
                    });
        }
    }

    /** Whether an approval must not be used any more. */
    public boolean isRevoked(String requestId) {
        return own.run(alone -> alone.singleUseObjects().get(revokedKey(requestId)) != null);
    }

    /** From the return of this call on, no redemption that begins succeeds. */
    public void revoke(String requestId) {
        own.run(
                alone ->
                        alone.singleUseObjects()
                                .putIfAbsent(
                                        revokedKey(requestId), ApprovalLifespan.LONGEST_SECONDS));
    }

    /**
     * Writes down that a revocation is done.
     *
     * @param login the login that it rests on, if any
     * @return whether this call is the first one to say so
     */
    public boolean finish(
            AuthenticationRequest request, RevocationResult result, Optional<Login> login) {
        boolean first =
                own.run(
                        alone -> {
                            Entries entries = entries(alone);
                            String key = revocationKey(request.id());
                            if (entries.get(key).isEmpty()) {
                                entries.put(
                                        key,
                                        ApprovalLifespan.LONGEST_SECONDS,
                                        Map.of(RESULT, result.value()));
                            }
                            return alone.singleUseObjects()
                                    .putIfAbsent(key + ".first", ApprovalLifespan.LONGEST_SECONDS);
                        });
        if (first) {
            new RequestEvent.Revoked(session, request, result, login).publish();
        }
        return first;
    }

    /** What the revocation of an approval has done; empty if there is none, or it is not done. */
    public Optional<RevocationResult> revocation(String requestId) {
        return own.run(
                alone ->
                        entries(alone)
                                .get(revocationKey(requestId))
                                .map(notes -> RevocationResult.of(notes.get(RESULT))));
    }

    /** The approval that the secret of its link opens. */
    public Optional<Approval> byLink(String secret) {
        return own.run(
                        alone ->
                                new Requests(alone)
                                        .opened(
                                                secret,
                                                requestId -> read(alone, requestId),
                                                Approval::request))
                .filter(approval -> !approval.request().isExpired());
    }

    /** The approval of a request, as it is now. */
    public Optional<Approval> of(String requestId) {
        return own.run(alone -> read(alone, requestId));
    }

    /** A user's approvals that this version knows the form of, newest first. */
    public List<Approval> latest(String userId) {
        return own
                .run(
                        alone ->
                                new LatestApprovals(alone)
                                        .of(userId).stream()
                                                .flatMap(id -> listed(alone, id).stream())
                                                .toList())
                .stream()
                .filter(approval -> !approval.request().isExpired())
                .toList();
    }

    private Optional<Approval> read(KeycloakSession alone, String requestId) {
        return read(requestId, entries(alone).get(approvalKey(requestId)));
    }

    private Optional<Approval> listed(KeycloakSession alone, String requestId) {
        return read(requestId, entries(alone).getIfKnown(approvalKey(requestId)));
    }

    private Optional<Approval> read(String requestId, Optional<Map<String, String>> kept) {
        return kept.map(notes -> Approval.of(requestId, notes))
                .filter(approval -> approval.request().realmId().equals(realmId));
    }

    private static Entries entries(KeycloakSession alone) {
        return new Entries(alone.singleUseObjects());
    }

    static String approvalKey(String requestId) {
        return "ciba.approval." + requestId;
    }

    private static String revokedKey(String requestId) {
        return "ciba.revoked." + requestId;
    }

    private static String revocationKey(String requestId) {
        return "ciba.revocation." + requestId;
    }
}
