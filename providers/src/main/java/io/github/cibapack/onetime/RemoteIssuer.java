// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBAGrant;
import com.nimbusds.oauth2.sdk.ciba.CIBARequest;
import com.nimbusds.oauth2.sdk.ciba.CIBARequestAcknowledgement;
import com.nimbusds.oauth2.sdk.ciba.CIBAResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.github.cibapack.store.OneTimeTransaction;
import io.github.cibapack.store.OneTimeTransactions;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * Another server asks, over CIBA: discovery, a request, polls, and an ID token that proves the
 * approval. Its tokens are used for nothing else and kept nowhere.
 */
final class RemoteIssuer implements TokenProvider {
    private static final Logger LOG = Logger.getLogger(RemoteIssuer.class);

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    private static final int AFTERLIFE_SECONDS = 60;
    private static final int USUAL_INTERVAL = 5;
    private static final int SLOWER_SECONDS = 5;
    private static final String DENIED = "denied";
    private static final String EXPIRED = "expired";
    private static final Set<JWSAlgorithm> SIGNED_WITH_A_KEY =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private final OneTimeRule rule;
    private final Issuer issuer;
    private final RemoteCredentials credentials;
    private final GuardedSender sender;
    private final OneTimeTransactions transactions;
    private Optional<Approval> verified = Optional.empty();

    RemoteIssuer(KeycloakSession session, OneTimeRule rule, String issuer) {
        this.rule = rule;
        this.issuer = new Issuer(issuer);
        this.credentials = new RemoteCredentials(session, rule);
        this.sender = new GuardedSender(credentials.connection());
        this.transactions = new OneTimeTransactions(session);
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public OneTimeTransaction ask(Check check, String message, Optional<String> context) {
        try {
            OIDCProviderMetadata provider = discover();
            RemoteEndpoints endpoints = new RemoteEndpoints(provider, credentials.isMutualTls());
            CIBARequest.Builder request =
                    new CIBARequest.Builder(
                                    credentials.authentication(issuer.getValue()),
                                    Scope.parse(rule.scope()))
                            .endpointURI(endpoints.backchannel())
                            .loginHint(check.caller().hint())
                            .bindingMessage(message);
            rule.get(OneTimeRuleFactory.REQUESTED_EXPIRY).ifPresent(request::requestedExpiry);
            CIBAResponse answer = CIBAResponse.parse(request.build().toHTTPRequest().send(sender));
            if (!answer.indicatesSuccess()) {
                throw notAsked(answer.toErrorResponse().getErrorObject());
            }
            CIBARequestAcknowledgement taken = answer.toRequestAcknowledgement();
            RemoteRequest remote =
                    new RemoteRequest(
                            taken.getAuthRequestID().getValue(),
                            endpoints.token().toString(),
                            provider.getJWKSetURI().toString(),
                            message);
            return new OneTimeTransaction(
                    rule.id(),
                    check.binding(),
                    remote.write(),
                    Time.currentTimeSeconds() + taken.getExpiresIn(),
                    taken.getMinWaitInterval() > 0 ? taken.getMinWaitInterval() : USUAL_INTERVAL);
        } catch (IOException | ParseException e) {
            throw unavailable(e);
        }
    }

    private OIDCProviderMetadata discover() throws IOException, ParseException {
        URI document = URI.create(issuer.getValue().replaceAll("/$", "") + DISCOVERY);
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, document);
        OIDCProviderMetadata provider = OIDCProviderMetadata.parse(request.send(sender).getBody());
        // OpenID Connect Discovery §4.3
        if (!issuer.equals(provider.getIssuer())) {
            throw new ParseException("The issuer of the document is another one");
        }
        return provider;
    }

    @Override
    public State state(OneTimeTransaction transaction) {
        Optional<String> end = transactions.end(transaction.request());
        if (end.isPresent()) {
            return readKept(transaction, end.get());
        }
        if (transaction.expiresAt() <= Time.currentTimeSeconds()) {
            return State.EXPIRED;
        }
        if (!transactions.mayAsk(transaction.request(), transaction.interval())) {
            return State.PENDING;
        }
        try {
            return poll(transaction);
        } catch (IOException | ParseException e) {
            throw unavailable(e);
        }
    }

    private State readKept(OneTimeTransaction transaction, String end) {
        try {
            return read(RemoteRequest.read(transaction.request()), end);
        } catch (IOException | ParseException e) {
            throw unavailable(e);
        }
    }

    private State read(RemoteRequest remote, String end) throws IOException, ParseException {
        return switch (end) {
            case DENIED -> State.DENIED;
            case EXPIRED -> State.EXPIRED;
            default -> {
                verified = Optional.of(approval(remote, end));
                yield State.APPROVED;
            }
        };
    }

    private State poll(OneTimeTransaction transaction) throws IOException, ParseException {
        RemoteRequest remote = RemoteRequest.read(transaction.request());
        TokenRequest request =
                new TokenRequest.Builder(
                                URI.create(remote.tokenEndpoint()),
                                credentials.authentication(issuer.getValue()),
                                new CIBAGrant(new AuthRequestID(remote.authReqId())))
                        .build();
        TokenResponse answer = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(sender));
        if (answer.indicatesSuccess()) {
            // kept before it is verified: the provider says it once
            JWT idToken =
                    ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens().getIDToken();
            String kept = idToken == null ? DENIED : idToken.serialize();
            end(transaction, kept);
            return read(remote, kept);
        }
        ErrorObject error = answer.toErrorResponse().getErrorObject();
        return switch (String.valueOf(error.getCode())) {
            case "authorization_pending" -> State.PENDING;
            case "slow_down" -> {
                // CIBA Core §11
                transactions.pause(transaction.request(), transaction.interval() + SLOWER_SECONDS);
                yield State.PENDING;
            }
            case "access_denied" -> {
                end(transaction, DENIED);
                yield State.DENIED;
            }
            case "expired_token" -> {
                end(transaction, EXPIRED);
                yield State.EXPIRED;
            }
            default -> throw notAsked(error);
        };
    }

    private void end(OneTimeTransaction transaction, String result) {
        long left = transaction.expiresAt() - Time.currentTimeSeconds() + AFTERLIFE_SECONDS;
        transactions.end(
                transaction.request(), Math.toIntExact(Math.max(AFTERLIFE_SECONDS, left)), result);
    }

    /** OpenID Connect Core §3.1.3.7: who signed it, for whom it is, and whether it is fresh. */
    private Approval approval(RemoteRequest remote, String token)
            throws IOException, ParseException {
        JWT idToken = parsed(token);
        if (!(idToken.getHeader().getAlgorithm() instanceof JWSAlgorithm algorithm)
                || !SIGNED_WITH_A_KEY.contains(algorithm)) {
            throw new ParseException("The ID token is missing or not signed with a key");
        }
        HTTPRequest keys = new HTTPRequest(HTTPRequest.Method.GET, URI.create(remote.jwksUri()));
        try {
            JWKSet published = JWKSet.parse(keys.send(sender).getBody());
            IDTokenClaimsSet claims =
                    new IDTokenValidator(issuer, credentials.clientId(), algorithm, published)
                            .validate(idToken, null);
            return new Approval(
                    claims.getSubject().getValue(),
                    remote.authReqId(),
                    claims.getAuthenticationTime() == null
                            ? claims.getIssueTime().toInstant().getEpochSecond()
                            : claims.getAuthenticationTime().toInstant().getEpochSecond(),
                    Optional.ofNullable(claims.getACR()).map(acr -> acr.getValue()),
                    Optional.of(remote.message()));
        } catch (BadJOSEException | JOSEException | java.text.ParseException e) {
            throw new ParseException("The ID token does not verify", e);
        }
    }

    private static JWT parsed(String token) throws ParseException {
        try {
            return JWTParser.parse(token);
        } catch (java.text.ParseException e) {
            throw new ParseException("The ID token cannot be read", e);
        }
    }

    /** What was verified when the state was asked for, just before. */
    @Override
    public Optional<Approval> redeem(OneTimeTransaction transaction) {
        return verified;
    }

    private RefusedCheckException notAsked(ErrorObject error) {
        return switch (String.valueOf(error.getCode())) {
            case "unknown_user_id", "access_denied" ->
                    new RefusedCheckException(
                            FORBIDDEN, "access_denied", "There is nobody who can be asked.");
            default -> {
                LOG.warnf(
                        "One-time rule '%s': the token provider refuses with '%s'",
                        rule.name(), error.getCode());
                yield unavailable();
            }
        };
    }

    private RefusedCheckException unavailable(Exception e) {
        LOG.warnf(
                "One-time rule '%s': the token provider cannot be used (%s)",
                rule.name(), e.getMessage());
        return unavailable();
    }

    private static RefusedCheckException unavailable() {
        return new RefusedCheckException(
                UNAVAILABLE, "temporarily_unavailable", "The token provider cannot be used.");
    }
}
