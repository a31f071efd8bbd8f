// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.clientauth.SentCredentials;
import io.github.cibapack.intake.CibaError;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** A refusal of Keycloak's code, in the form of the {@code as} endpoints. */
final class KeycloakRefusal {
    private final KeycloakSession session;
    private final AsResponses answers;

    KeycloakRefusal(KeycloakSession session, AsResponses answers) {
        this.session = session;
        this.answers = answers;
    }

    /** The answer to credentials that Keycloak is not shown. */
    Response answer(SentCredentials.Fault fault) {
        return fault == SentCredentials.Fault.CREDENTIALS
                ? notAuthenticated()
                : answers.error(
                        CibaError.INVALID_DPOP_PROOF.status(),
                        CibaError.INVALID_DPOP_PROOF.code(),
                        SentCredentials.UNREADABLE_PROOF);
    }

    /**
     * The answer; what was written is rolled back.
     *
     * @param told the error of Keycloak's event, which knows more than its answer
     */
    Response answer(WebApplicationException refusal, Optional<String> told) {
        session.getTransactionManager().setRollbackOnly();
        Response keycloaks = refusal.getResponse();
        int status = keycloaks.getStatus();
        String error = OAuthErrorException.INVALID_REQUEST;
        String sentence = "The request could not be processed.";
        if (keycloaks.getEntity() instanceof OAuth2ErrorRepresentation representation) {
            error = asOAuthError(representation.getError());
            sentence =
                    representation.getErrorDescription() == null
                            ? sentence
                            : asSentence(representation.getErrorDescription());
        }
        if (OAuthErrorException.INVALID_REQUEST.equals(error)
                && told.filter(Errors.INVALID_DPOP_PROOF::equals).isPresent()) {
            // RFC 9449 §5; a client policy has an error of its own
            error = Errors.INVALID_DPOP_PROOF;
        }
        // Keycloak has several codes for it; the context knows a client once it is authenticated
        boolean isNotAuthenticated =
                status == Response.Status.UNAUTHORIZED.getStatusCode()
                        || OAuthErrorException.INVALID_CLIENT.equals(error)
                        || (OAuthErrorException.UNAUTHORIZED_CLIENT.equals(error)
                                && session.getContext().getClient() == null);
        return isNotAuthenticated ? notAuthenticated() : answers.error(status, error, sentence);
    }

    private Response notAuthenticated() {
        return answers.error(
                Response.Status.UNAUTHORIZED.getStatusCode(),
                OAuthErrorException.INVALID_CLIENT,
                "Client authentication failed.");
    }

    /** If the user lacks a scope, Keycloak says {@code not_allowed}, which is no OAuth error. */
    private static String asOAuthError(String error) {
        return Errors.NOT_ALLOWED.equals(error) ? OAuthErrorException.INVALID_SCOPE : error;
    }

    private static String asSentence(String description) {
        return description.endsWith(".") ? description : description + ".";
    }
}
