// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.RefusedCheckException;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import io.github.cibapack.onetime.transaction.OneTimeTransaction;
import io.github.cibapack.onetime.transaction.OneTimeTransactions;
import io.github.cibapack.store.KeptMemory;
import io.github.cibapack.text.Json;
import io.github.cibapack.text.LogLine;
import io.github.cibapack.text.MaxLength;
import io.github.cibapack.time.ServerClock;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Another server asks, over CIBA: discovery, a request, polls, and an ID token that proves the
 * approval. Its tokens are used for nothing else and kept until the proof is verified only.
 */
final class RemoteTokenProvider implements TokenProvider {
    private static final Logger LOG = Logger.getLogger(RemoteTokenProvider.class);

    private static final int USUAL_SECONDS = 300;
    private static final int AFTERLIFE_SECONDS = 60;
    private static final int USUAL_INTERVAL = 5;
    private static final int SLOWER_SECONDS = 5;
    private static final int LONGEST_ID = 4_096;

    /** Of a request, and of how it ended. */
    private static final long KEPT_BYTES =
            (long) MaxLength.REMOTE_REQUEST.bytes() + MaxLength.REMOTE_RESULT.bytes();

    /** No provider decides for how long this server remembers. */
    private static final int LONGEST_SECONDS = 86_400;

    private final OneTimeRule rule;
    private final String realmId;
    private final Issuer issuer;
    private final DiscoveryDocuments documents;
    private final RemoteCredentials credentials;
    private final GuardedSender sender;
    private final OneTimeTransactions transactions;
    private final KeptMemory memory;
    private Optional<RemoteOutcome> end = Optional.empty();

    RemoteTokenProvider(
            KeycloakSession session,
            OneTimeRule rule,
            String issuer,
            DiscoveryDocuments documents) {
        this.rule = rule;
        this.realmId = session.getContext().getRealm().getId();
        this.issuer = new Issuer(issuer);
        this.documents = documents;
        this.credentials = new RemoteCredentials(session, rule);
        this.sender = new GuardedSender(credentials.connection());
        this.transactions = new OneTimeTransactions(session);
        this.memory = new KeptMemory(session);
    }

    @Override
    public OneTimeTransaction ask(GatewayCheck check) {
        int usual = rule.get(OneTimeRuleFactory.REQUESTED_EXPIRY).orElse(USUAL_SECONDS);
        List<String> place = requireMemory(usual);
        try {
            OneTimeTransaction asked = sent(check);
            long life = asked.expiresAt() - ServerClock.seconds();
            if (life > usual) {
                // the provider gives it longer than was asked for
                requireMemory(life);
                memory.giveBack(place);
            }
            return asked;
        } catch (RefusedCheckException e) {
            memory.giveBack(place);
            throw e;
        }
    }

    private OneTimeTransaction sent(GatewayCheck check) {
        try {
            OIDCProviderMetadata provider = documents.of(realmId, issuer, sender);
            RemoteEndpoints endpoints = new RemoteEndpoints(provider, credentials.isMutualTls());
            CIBARequest.Builder request =
                    new CIBARequest.Builder(
                                    credentials.authentication(issuer.getValue()),
                                    Scope.parse(rule.scope()))
                            .endpointURI(endpoints.backchannel())
                            .loginHint(check.caller().hint())
                            .bindingMessage(check.message());
            rule.get(OneTimeRuleFactory.REQUESTED_EXPIRY).ifPresent(request::requestedExpiry);
            RemoteAnswer<CIBARequestAcknowledgement> answer =
                    RemoteAnswer.started(request.build().toHTTPRequest().send(sender));
            CIBARequestAcknowledgement taken =
                    answer.value().orElseThrow(() -> notAsked(answer.error()));
            RemoteRequest remote =
                    new RemoteRequest(
                            issuer.getValue(),
                            credentials.clientId().getValue(),
                            authReqId(taken),
                            endpoints.token().toString(),
                            keys(provider),
                            check.message());
            String written = Json.write(remote);
            if (!MaxLength.REMOTE_REQUEST.admits(written)) {
                throw new IOException("the request id is too long to be kept");
            }
            return new OneTimeTransaction(
                    rule.id(),
                    check.binding(),
                    written,
                    ServerClock.seconds() + Math.min(taken.getExpiresIn(), LONGEST_SECONDS),
                    taken.getMinWaitInterval() > 0 ? taken.getMinWaitInterval() : USUAL_INTERVAL);
        } catch (IOException | ParseException e) {
            throw unavailable(e);
        }
    }

    /** Before anybody is asked: what another server takes on, this one must be able to keep. */
    private List<String> requireMemory(long seconds) {
        Optional<List<String>> place =
                memory.take(rule.id(), KEPT_BYTES, seconds + AFTERLIFE_SECONDS);
        if (place.isEmpty()) {
            throw new RefusedCheckException(
                    Status.TOO_MANY_REQUESTS,
                    "slow_down",
                    "The user cannot be asked at the moment.",
                    Math.toIntExact(seconds));
        }
        return place.get();
    }

    /** It goes to the API in a header. */
    private static String authReqId(CIBARequestAcknowledgement taken) throws ParseException {
        String id = taken.getAuthRequestID().getValue();
        if (id.length() > LONGEST_ID) {
            throw new ParseException("The auth_req_id is too long");
        }
        return id;
    }

    private static String keys(OIDCProviderMetadata provider) throws ParseException {
        if (provider.getJWKSetURI() == null) {
            throw new ParseException("The provider publishes no keys");
        }
        return provider.getJWKSetURI().toString();
    }

    @Override
    public State state(OneTimeTransaction transaction) {
        return RemoteRequest.read(transaction.request())
                .filter(request -> request.isOf(issuer, credentials.clientId()))
                .map(request -> state(transaction, request))
                .orElse(State.EXPIRED);
    }

    private State state(OneTimeTransaction transaction, RemoteRequest request) {
        end =
                transactions
                        .outcome(transaction.request())
                        .map(kept -> Json.read(kept, RemoteOutcome.class));
        if (end.isEmpty() && transaction.expiresAt() <= ServerClock.seconds()) {
            return State.EXPIRED;
        }
        if (end.isEmpty() && !transactions.mayAsk(transaction.request(), transaction.interval())) {
            return State.PENDING;
        }
        try {
            if (end.isEmpty()) {
                end = poll(transaction, request);
            }
            if (end.filter(RemoteOutcome::isToVerify).isPresent()) {
                end = Optional.of(verified(transaction, request, end.get()));
            }
            return end.map(RemoteOutcome::state).orElse(State.PENDING);
        } catch (IOException | ParseException e) {
            throw unavailable(e);
        }
    }

    /** How the request ended, or empty if it did not. */
    private Optional<RemoteOutcome> poll(OneTimeTransaction transaction, RemoteRequest remote)
            throws IOException, ParseException {
        TokenRequest request =
                new TokenRequest.Builder(
                                URI.create(remote.tokenEndpoint()),
                                credentials.authentication(issuer.getValue()),
                                new CIBAGrant(new AuthRequestID(remote.authReqId())))
                        .build();
        RemoteAnswer<Optional<String>> answer =
                RemoteAnswer.polled(request.toHTTPRequest().send(sender));
        if (answer.value().isPresent()) {
            return Optional.of(
                    keep(
                            transaction,
                            answer.value()
                                    .get()
                                    .map(RemoteOutcome::claimed)
                                    .orElseGet(RemoteOutcome::denied)));
        }
        return switch (answer.error()) {
            case "authorization_pending" -> Optional.empty();
            case "slow_down" -> {
                // CIBA Core §11
                transactions.pause(transaction.request(), transaction.interval() + SLOWER_SECONDS);
                yield Optional.empty();
            }
            case "access_denied" -> Optional.of(keep(transaction, RemoteOutcome.denied()));
            case "expired_token" -> Optional.of(keep(transaction, RemoteOutcome.expired()));
            default -> throw notAsked(answer.error());
        };
    }

    private RemoteOutcome verified(
            OneTimeTransaction transaction, RemoteRequest request, RemoteOutcome claimed)
            throws IOException, ParseException {
        GrantedApproval approval =
                new ApprovalProof(issuer, credentials.clientId(), sender)
                        .verify(request, claimed.idToken());
        return keep(transaction, RemoteOutcome.verified(approval));
    }

    private RemoteOutcome keep(OneTimeTransaction transaction, RemoteOutcome end) {
        String written = Json.write(end);
        if (!MaxLength.REMOTE_RESULT.admits(written)) {
            throw unavailable(new IOException("its answer is too long to be kept"));
        }
        long left = transaction.expiresAt() - ServerClock.seconds() + AFTERLIFE_SECONDS;
        transactions.saveOutcome(
                transaction.request(), Math.toIntExact(Math.max(AFTERLIFE_SECONDS, left)), written);
        return end;
    }

    /** What the state has just been read from: the store may show a transaction its old self. */
    @Override
    public Optional<GrantedApproval> redeem(OneTimeTransaction transaction) {
        return end.map(RemoteOutcome::approval);
    }

    private RefusedCheckException notAsked(String error) {
        return switch (error) {
            case "unknown_user_id", "access_denied" ->
                    RefusedCheckException.denied("The user cannot be asked.");
            case "invalid_binding_message" ->
                    RefusedCheckException.invalid(
                            "The token provider does not show the question to the user.");
            default -> {
                LOG.warnf(
                        "One-time rule '%s': the token provider refuses with '%s'",
                        rule.name(), LogLine.of(error));
                yield unavailable();
            }
        };
    }

    private RefusedCheckException unavailable(Exception e) {
        LOG.warnf(
                "One-time rule '%s': the token provider cannot be used (%s)",
                rule.name(), LogLine.of(e.getMessage()));
        return unavailable();
    }

    private static RefusedCheckException unavailable() {
        return RefusedCheckException.unavailable("The token provider cannot be used.");
    }
}
