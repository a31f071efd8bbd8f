// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.TracedStep;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.Redemptions;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.NewerEntryException;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The redemption of an approval by the server itself: no tokens are made, as nobody would get them.
 * All else is as for a relying party: one winner, and the user is looked at once more.
 */
public final class DirectRedemption {
    private final KeycloakSession session;
    private final RealmModel realm;

    public DirectRedemption(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * An approval that has been redeemed.
     *
     * @param record whom the request was for
     * @param outcome what was decided, and how; empty where another channel decided
     */
    public record Redeemed(AuthenticationRequest record, Optional<Outcome> outcome) {}

    /**
     * Where a request stands.
     *
     * @throws NewerEntryException if it is approved, and another version has written what is kept
     *     of it: then it is for a node of that version, and nothing may be used up here
     */
    public RequestState state(String requestId) {
        Requests store = new Requests(session);
        RequestState state = store.state(requestId);
        if (state == RequestState.APPROVED) {
            store.find(requestId);
            new Outcomes(session).of(requestId);
        }
        return state;
    }

    /**
     * Redeems.
     *
     * @param requestId internal id of the request
     * @param graceSeconds for which the approval is good for more of the same, if any
     * @return the approval; nothing where it is none, was redeemed before, or the user may no
     *     longer approve anything
     */
    public Optional<Redeemed> redeem(String requestId, ClientModel client, int graceSeconds) {
        return TracedStep.REDEMPTION.trace(
                session,
                notes -> {
                    notes.request(RequestIds.shown(requestId));
                    Optional<Redeemed> redeemed = judged(requestId, client, graceSeconds);
                    notes.outcome(redeemed.isPresent() ? "passed" : "refused");
                    return redeemed;
                });
    }

    private Optional<Redeemed> judged(String requestId, ClientModel client, int graceSeconds) {
        if (state(requestId) != RequestState.APPROVED) {
            return Optional.empty();
        }
        Redemptions redemptions = new Redemptions(session);
        Optional<AuthenticationRequest> taken = redemptions.claim(requestId);
        if (taken.isEmpty()) {
            return refused(requestId, client, "already_redeemed");
        }
        AuthenticationRequest record = taken.get();
        UserModel user = session.users().getUserById(realm, record.userId());
        Optional<String> failure =
                user == null
                        ? Optional.of(Errors.USER_NOT_FOUND)
                        : new Revalidation(session)
                                .failure(record, client, user)
                                .or(() -> revoked(record, graceSeconds));
        if (failure.isPresent()) {
            redemptions.usedUp();
            return refused(requestId, client, failure.get());
        }
        Redeemed redeemed = new Redeemed(record, new Outcomes(session).of(requestId));
        redemptions.redeemed(record);
        event(requestId, client, CibaEvent.REDEEMED).user(user).success();
        return Optional.of(redeemed);
    }

    private Optional<String> revoked(AuthenticationRequest record, int graceSeconds) {
        return new RevocableUse(session).pass(record, graceSeconds)
                ? Optional.empty()
                : Optional.of(RevocableUse.REVOKED);
    }

    private Optional<Redeemed> refused(String requestId, ClientModel client, String error) {
        event(requestId, client, CibaEvent.REDEMPTION_REFUSED)
                .detail(Details.REASON, error)
                .error(error);
        return Optional.empty();
    }

    private EventBuilder event(String requestId, ClientModel client, CibaEvent step) {
        return CibaEvents.backgroundEvent(session, realm, step)
                .client(client)
                .detail(CibaEvents.AUTH_REQ_ID, RequestIds.shown(requestId));
    }
}
