// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.AfterCommit;
import io.github.cibapack.store.OwnTransaction;
import io.github.cibapack.store.RollbackCompensation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * The use of approvals: the claim of the one redemption, or withdrawal, that wins ({@code
 * ciba.redeemed.<request>}), and what follows from it.
 */
public final class Redemptions {

    /** Long enough for the one redemption in whose transaction it is used. */
    private static final int HANDOVER_SECONDS = 10;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SingleUseObjectProvider store;
    private final Requests requests;
    private final ClaimUndo undo = new ClaimUndo();

    public Redemptions(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
        this.requests = new Requests(session);
    }

    /** Claims the redemption of a request: exactly one caller of all nodes gets the request. */
    public Optional<AuthenticationRequest> claim(String requestId) {
        return claim(requestId, requests.deviceCode(requestId));
    }

    /**
     * The same. If the transaction fails so that nobody gets anything for the approval, it can be
     * redeemed again, unless {@link #usedUp} has been called.
     *
     * @param code what is stored of the request, if it is; Keycloak's grant has removed it
     */
    public Optional<AuthenticationRequest> claim(
            String requestId, Optional<OAuth2DeviceCodeModel> code) {
        Optional<AuthenticationRequest> claimed =
                requests.find(requestId).filter(request -> isFirstClaim(request, code));
        claimed.ifPresent(
                request -> {
                    undoIfNobodyGotIt(request, code);
                    requests.releaseSlots(request);
                });
        return claimed;
    }

    private boolean isFirstClaim(
            AuthenticationRequest request, Optional<OAuth2DeviceCodeModel> code) {
        // at Keycloak's endpoint an approval is good for the realm's time, whatever was asked for:
        // the mark stays for as long as there is a device code to redeem
        long lifespan = code.map(Requests::lifespan).orElseGet(() -> Requests.lifespan(request));
        return store.putIfAbsent(
                claimKey(request.id()), Math.max(lifespan, Requests.AFTERLIFE_SECONDS));
    }

    /** The claim last: a poll that is not refused by it must find the request. */
    private void undoIfNobodyGotIt(
            AuthenticationRequest request, Optional<OAuth2DeviceCodeModel> code) {
        AfterCommit.runBefore(session, undo::commitTried);
        RollbackCompensation.undo(
                session,
                undo::isAllowed,
                List.of(
                        kept -> code.ifPresent(stored -> putBack(kept, stored)),
                        kept -> kept.remove(claimKey(request.id()))));
    }

    private static void putBack(SingleUseObjectProvider kept, OAuth2DeviceCodeModel code) {
        long left = Requests.lifespan(code);
        if (left > 0) {
            DeviceCodes.keep(kept, code, left);
        }
    }

    /** The claim is refused for good: the approval stays used up though nothing else is kept. */
    public void usedUp() {
        undo.usedUp();
    }

    /** Whether somebody has claimed the redemption of a request. */
    public boolean isClaimed(String requestId) {
        return store.contains(claimKey(requestId));
    }

    /**
     * Takes an approval away that nobody has redeemed, and commits it before it returns: the
     * request polls as denied from then on. Of this and all redemptions one wins.
     */
    public boolean withdrawAtOnce(String requestId) {
        return new OwnTransaction(session).run(alone -> new Redemptions(alone).withdraw(requestId));
    }

    private boolean withdraw(String requestId) {
        if (claim(requestId).isEmpty()) {
            return false;
        }
        undo.handedOut();
        requests.deviceCode(requestId)
                .filter(request -> RequestState.of(request) == RequestState.APPROVED)
                .ifPresent(
                        request ->
                                DeviceCodes.keep(
                                        store, request.deny(), Requests.lifespan(request)));
        return true;
    }

    /** Removes a request whose approval has been used, and tells so after the commit. */
    public void redeemed(AuthenticationRequest request) {
        undo.handedOut();
        DeviceCodes.remove(store, request.id());
        AfterCommit.run(session, new RequestEvent.Redeemed(session, request)::publish);
    }

    /**
     * Hands an approved request of the {@code as} endpoint over to Keycloak's grant. The grant
     * makes the user session in a private method, out of the encrypted request that is its {@code
     * auth_req_id} and of that request's device code; an {@code auth_req_id} of ours is a hash. So
     * the request is put under a fresh id, within the very transaction that redeems it. The copy
     * has no polling lock, so an early poll cannot stand in the way of an approval, and when the
     * grant has removed it and then refuses, the approval is still there.
     *
     * @param scope that the tokens will be for
     * @return the {@code auth_req_id} that Keycloak's grant redeems; nobody outside learns it
     */
    public String handOver(
            AuthenticationRequest request, ClientModel client, UserModel user, String scope) {
        CIBAAuthenticationRequest approved = new CIBAAuthenticationRequest(session, user, client);
        approved.id(KeycloakModelUtils.generateId());
        approved.setScope(scope);
        request.acrValues().ifPresent(approved::setAcrValues);
        OAuth2DeviceCodeModel model =
                OAuth2DeviceCodeModel.create(
                                realm,
                                client,
                                approved.getId(),
                                scope,
                                null,
                                HANDOVER_SECONDS,
                                1,
                                null,
                                null,
                                Map.of(),
                                null,
                                null)
                        .approve(Outcomes.APPROVED_SESSION);
        store.put(model.serializeKey(), HANDOVER_SECONDS, model.toMap());
        return approved.serialize(session);
    }

    private static String claimKey(String requestId) {
        return "ciba.redeemed." + requestId;
    }
}
