// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import io.github.cibapack.grant.DirectRedemption;
import io.github.cibapack.intake.Acknowledgement;
import io.github.cibapack.intake.AsIntake;
import io.github.cibapack.intake.CibaError;
import io.github.cibapack.intake.CibaErrorException;
import io.github.cibapack.intake.InternalRequest;
import io.github.cibapack.onetime.check.Caller;
import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.receipt.ReceiptClaims;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.OneTimeUse;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.RequestIds;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** This realm asks: no HTTP, no credentials, no tokens. */
final class LocalTokenProvider implements TokenProvider {
    private static final Logger LOG = Logger.getLogger(LocalTokenProvider.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final OneTimeRule rule;

    LocalTokenProvider(KeycloakSession session, OneTimeRule rule) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.rule = rule;
    }

    @Override
    public OneTimeTransaction ask(GatewayCheck check) {
        try {
            InternalRequest request = request(check);
            Acknowledgement accepted = new AsIntake(session).accept(client(), request);
            return new OneTimeTransaction(
                    rule.id(),
                    check.binding(),
                    RequestIds.ofRule(accepted.authReqId()),
                    ServerClock.seconds() + accepted.expiresIn(),
                    accepted.interval());
        } catch (CibaErrorException e) {
            session.getTransactionManager().setRollbackOnly();
            throw notAsked(e);
        }
    }

    private InternalRequest request(GatewayCheck check) {
        Caller caller = check.caller();
        InternalRequest.What what =
                new InternalRequest.What(
                        check.message(),
                        new OneTimeUse(check.original().host(), caller.clientId(), caller.userId()),
                        check.details(),
                        check.context());
        Optional<Integer> expiry = rule.get(OneTimeRuleFactory.REQUESTED_EXPIRY);
        return rule.asksCaller()
                ? InternalRequest.toUser(caller.hint(), rule.scope(), what, expiry)
                : InternalRequest.toHinted(caller.hint(), rule.scope(), what, expiry);
    }

    private ClientModel client() {
        ClientModel client = realm.getClientByClientId(rule.clientId());
        if (client == null
                || !client.isEnabled()
                || !realm.getCibaPolicy().isOIDCCIBAGrantEnabled(client)) {
            throw RefusedCheckException.unavailable("The rule's client cannot be used.");
        }
        return client;
    }

    private RefusedCheckException notAsked(CibaErrorException e) {
        int retryAfter = e.retryAfter().orElse(0);
        if (e.error() == CibaError.ACCESS_DENIED) {
            return retryAfter > 0
                    ? new RefusedCheckException(
                            Status.TOO_MANY_REQUESTS, "slow_down", e.sentence(), retryAfter)
                    : RefusedCheckException.denied(e.sentence());
        }
        if (e.error() == CibaError.UNKNOWN_USER_ID) {
            return RefusedCheckException.denied("The user cannot be asked.");
        }
        if (e.error() == CibaError.INVALID_SCOPE && e.dependsOnUser()) {
            return RefusedCheckException.denied(e.sentence());
        }
        LOG.warnf(
                "One-time rule '%s': the realm refuses its request (%s)", rule.name(), e.reason());
        return RefusedCheckException.unavailable(e.sentence(), retryAfter);
    }

    @Override
    public State state(OneTimeTransaction transaction) {
        // before anything is used up
        client();
        return switch (new DirectRedemption(session).state(transaction.request())) {
            case PENDING -> State.PENDING;
            case APPROVED -> State.APPROVED;
            case DENIED -> State.DENIED;
            case EXPIRED -> State.EXPIRED;
            // redeemed, unless its time is over and the store has let it go
            case UNKNOWN ->
                    transaction.expiresAt() > ServerClock.seconds() ? State.USED : State.EXPIRED;
        };
    }

    @Override
    public Optional<GrantedApproval> redeem(OneTimeTransaction transaction) {
        return new DirectRedemption(session)
                .redeem(transaction.request(), client(), rule.get(OneTimeRuleFactory.GRACE_SECONDS))
                .map(redeemed -> approval(redeemed.record(), redeemed.outcome()));
    }

    private GrantedApproval approval(AuthenticationRequest request, Optional<Outcome> outcome) {
        return new GrantedApproval(
                request.userId(),
                request.authReqId(),
                outcome.map(Outcome::at).orElseGet(ServerClock::seconds),
                outcome.flatMap(Outcome::login).map(login -> Integer.toString(login.level())),
                request.bindingMessage(),
                outcome.map(how -> ReceiptClaims.of(realm, request, how)).orElse(Map.of()));
    }
}
