// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.cors.Cors;

/**
 * A poll at Keycloak's own endpoint may come again: of polls at once, the database has let another
 * one go on. That is no error of the server's, which Keycloak would answer.
 */
final class DeadlockException extends WebApplicationException {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(DeadlockException.class);

    private DeadlockException(Cors cors) {
        super(
                cors.add(
                        Response.status(Response.Status.SERVICE_UNAVAILABLE)
                                .header(HttpHeaders.RETRY_AFTER, StoreOutage.RETRY_AFTER_SECONDS)
                                .type(MediaType.APPLICATION_JSON_TYPE)
                                .entity(
                                        new OAuth2ErrorRepresentation(
                                                OAuthErrorException.SERVER_ERROR,
                                                StoreOutage.SENTENCE))));
    }

    /** What a failed poll throws: the failure itself, unless it is a deadlock. */
    static RuntimeException insteadOf(
            RuntimeException failure, KeycloakSession session, Cors cors) {
        if (!StoreOutage.isDeadlock(failure)) {
            return failure;
        }
        session.getTransactionManager().setRollbackOnly();
        LOG.warn("A poll was put off: another one came first in the database");
        return new DeadlockException(cors);
    }
}
