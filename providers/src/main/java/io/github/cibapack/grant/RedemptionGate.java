// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.details.RegisteredDetails;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.Redemptions;
import io.github.cibapack.scope.ClientSnapshot;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * The gate, the last step before tokens: claims the request, which one redemption of all nodes can,
 * and looks at the user, the client and the approval once more.
 */
final class RedemptionGate {
    private final KeycloakSession session;
    private final ClientModel client;
    private final UserModel user;
    private final UserSessionModel userSession;
    private final ClientSessionContext clientSessionContext;
    private final Redemptions redemptions;

    RedemptionGate(
            KeycloakSession session,
            UserModel user,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext) {
        this.session = session;
        this.client = session.getContext().getClient();
        this.user = user;
        this.userSession = userSession;
        this.clientSessionContext = clientSessionContext;
        this.redemptions = new Redemptions(session);
    }

    /** What the gate says. */
    sealed interface Verdict permits Claimed, Refused {}

    /**
     * The request is this redemption's.
     *
     * @param outcome what was decided, and how; empty if another channel decided
     */
    record Claimed(AuthenticationRequest request, Optional<Outcome> outcome) implements Verdict {}

    /**
     * There are no tokens.
     *
     * @param reason for the event
     */
    record Refused(String reason, PollError error) implements Verdict {}

    /**
     * Claims and judges.
     *
     * @param stored the request's device code, which Keycloak's grant has removed
     * @param scope that the user was asked for
     */
    Verdict claim(String requestId, Optional<OAuth2DeviceCodeModel> stored, String scope) {
        // before the claim: one that another version has written is for a node of that version
        Optional<Outcome> outcome = new Outcomes(session).of(requestId);
        Optional<AuthenticationRequest> taken = redemptions.claim(requestId, stored);
        if (taken.isEmpty()) {
            return new Refused("already_redeemed", PollError.UNKNOWN);
        }
        AuthenticationRequest request = taken.get();
        Optional<Refused> refused =
                new Revalidation(session)
                        .failure(request, client, user)
                        .or(() -> changed(request, scope))
                        .map(reason -> new Refused(reason, PollError.NO_LONGER_VALID))
                        .or(() -> revoked(request));
        if (refused.isPresent()) {
            redemptions.usedUp();
            return refused.get();
        }
        return new Claimed(request, outcome);
    }

    /** The tokens are made. */
    void redeemed(AuthenticationRequest request) {
        redemptions.redeemed(request);
    }

    /**
     * Whether the client is what the user approved: one that may register itself may have given
     * itself further scopes, roles or claims since.
     */
    private Optional<String> changed(AuthenticationRequest request, String scope) {
        boolean isUnchanged =
                new ClientSnapshot(session, client).isOf(request.clientHash(), user, scope)
                        && request.authorizationDetails()
                                .map(asked -> RegisteredDetails.areRegistered(asked, client))
                                .orElse(true)
                        && request.resources()
                                .map(
                                        new RequestedResources(session, user, clientSessionContext)
                                                ::areInAudience)
                                .orElse(true);
        return isUnchanged ? Optional.empty() : Optional.of("client_changed");
    }

    private Optional<Refused> revoked(AuthenticationRequest request) {
        return new RevocableUse(session)
                        .tokens(
                                request,
                                userSession.getId(),
                                clientSessionContext.isOfflineTokenRequested())
                ? Optional.empty()
                : Optional.of(new Refused(RevocableUse.REVOKED, PollError.DENIED));
    }
}
