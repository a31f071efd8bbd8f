// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.grant.IssuedSession;
import io.github.cibapack.request.Approval;
import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Login;
import io.github.cibapack.request.Redemptions;
import io.github.cibapack.request.RevocationResult;
import io.github.cibapack.store.StoreOutage;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * "This was not me", said of an approval: takes away what it has given, and does to the client what
 * a report does. Each step can be taken again, so a second press finishes what a first one has left
 * unfinished, and does nothing else.
 */
final class Revocation {
    private static final Logger LOG = Logger.getLogger(Revocation.class);

    private final KeycloakSession session;
    private final Approvals approvals;

    Revocation(KeycloakSession session) {
        this.session = session;
        this.approvals = new Approvals(session);
    }

    /**
     * Revokes an approval.
     *
     * @param login the login that this rests on, if any
     * @return whether nothing of the approval is left; false if it is not certain
     */
    boolean revoke(AuthenticationRequest request, Optional<Login> login) {
        boolean nothingLeft =
                approvals.revocation(request.id()).isPresent()
                        || approvals.of(request.id()).isEmpty();
        if (nothingLeft) {
            return true;
        }
        Optional<RevocationResult> result = end(request);
        if (result.isPresent() && approvals.finish(request, result.get(), login)) {
            new DecisionTaker(session).followUp(request, Decision.REPORTED, login);
        }
        return result.isPresent();
    }

    private Optional<RevocationResult> end(AuthenticationRequest request) {
        try {
            approvals.revoke(request.id());
            if (withdraw(request)) {
                return Optional.of(RevocationResult.NOT_USED);
            }
            return approvals.of(request.id()).flatMap(this::ended);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "The approval of request %s is not revoked: %s",
                    request.authReqId(), e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /**
     * A redemption takes the same entries in the order that Keycloak's grant has: where they are
     * rows of a database, it may end one of the two, and the second try waits for the other.
     */
    private boolean withdraw(AuthenticationRequest request) {
        try {
            return new Redemptions(session).withdrawAtOnce(request.id());
        } catch (RuntimeException e) {
            if (!StoreOutage.isDeadlock(e)) {
                throw e;
            }
            return new Redemptions(session).withdrawAtOnce(request.id());
        }
    }

    private Optional<RevocationResult> ended(Approval approval) {
        if (approval.use() instanceof Approval.Use.Tokens tokens) {
            return new IssuedSession(session, tokens.userSessionId()).end()
                    ? Optional.of(RevocationResult.ACCESS_ENDED)
                    : Optional.empty();
        }
        // a redemption that is under way and has written nothing yet will see the mark
        return Optional.of(
                approval.use() instanceof Approval.Use.Passed
                        ? RevocationResult.ALREADY_PASSED
                        : RevocationResult.NOT_USED);
    }
}
