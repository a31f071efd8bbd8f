// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.clientauth.SentCredentials;
import io.github.cibapack.grant.PollRefusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.TokenEndpoint;

/** One call of {@code as/token}: Keycloak's token endpoint with the answers of PingOne. */
final class TokenPoll {
    private final KeycloakSession session;
    private final AsResponses answers;

    TokenPoll(KeycloakSession session, AsResponses answers) {
        this.session = session;
        this.answers = answers;
    }

    boolean isCiba() {
        return OAuth2Constants.CIBA_GRANT_TYPE.equals(
                session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .getFirst(OIDCLoginProtocol.GRANT_TYPE_PARAM));
    }

    /** Keycloak's answer, unchanged. */
    Response otherGrant() {
        if (!SentCredentials.areReadable(session)) {
            return answers.notAuthenticated();
        }
        return endpoint(CibaEvents.keycloaksEvent(session)).processGrantRequest();
    }

    Response answer() {
        if (!SentCredentials.areReadable(session)) {
            CibaEvents.correlate(CibaEvents.keycloaksEvent(session), session)
                    .event(EventType.AUTHREQID_TO_TOKEN)
                    .error(Errors.INVALID_CLIENT_CREDENTIALS);
            return answers.notAuthenticated();
        }
        try {
            EventBuilder event = CibaEvents.correlate(CibaEvents.keycloaksEvent(session), session);
            Response response = endpoint(event).processGrantRequest();
            return PollRefusal.in(response)
                    .map(answers::refused)
                    .orElseGet(() -> answers.ok(response));
        } catch (WebApplicationException e) {
            return answers.refused(e);
        }
    }

    private TokenEndpoint endpoint(EventBuilder event) {
        return new TokenEndpoint(session, new TokenManager(), event);
    }
}
