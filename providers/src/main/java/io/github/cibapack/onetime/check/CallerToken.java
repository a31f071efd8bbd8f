// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cibapack.account.Authenticated;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.onetime.rule.OneTimeRuleFactory;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.util.JsonSerialization;

/**
 * The access token of the one who sent the request. Keycloak checks it as for its own endpoints:
 * this realm's signature and issuer, expiry, revocation, session, user and client.
 */
final class CallerToken {
    private final KeycloakSession session;

    CallerToken(KeycloakSession session) {
        this.session = session;
    }

    /** Who the caller is, or empty if the token is missing or not good. */
    Optional<Caller> caller(OneTimeRule rule) {
        Authenticated verified = verified(rule.get(OneTimeRuleFactory.AUDIENCE));
        if (verified == null || isBoundToCaller(verified.token())) {
            return Optional.empty();
        }
        return hint(rule, verified)
                .map(
                        hint ->
                                new Caller(
                                        verified.user().getId(),
                                        verified.token().getSubject() == null
                                                ? verified.user().getId()
                                                : verified.token().getSubject(),
                                        verified.token().getIssuedFor(),
                                        verified.token().getId(),
                                        verified.token().getSessionId(),
                                        verified.token().getIat(),
                                        verified.token().getExp(),
                                        hint));
    }

    private Authenticated verified(Optional<String> audience) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        List<String> sent = headers.getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null || sent.size() != 1) {
            return null;
        }
        try {
            return Authenticated.of(
                    new AppAuthManager.BearerTokenAuthenticator(session)
                            .setAudience(audience.orElse(null))
                            .authenticate());
        } catch (NotAuthorizedException e) {
            return null;
        }
    }

    /** The proof of possession was made for the API, and cannot be checked behind the gateway. */
    private static boolean isBoundToCaller(AccessToken token) {
        return token.getConfirmation() != null;
    }

    private static Optional<String> hint(OneTimeRule rule, Authenticated verified) {
        if (rule.asksCaller()) {
            return Optional.of(verified.user().getId());
        }
        JsonNode claim =
                JsonSerialization.mapper
                        .<JsonNode>valueToTree(verified.token())
                        .get(rule.hintClaim());
        return Optional.ofNullable(claim)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(hint -> !hint.isBlank());
    }
}
