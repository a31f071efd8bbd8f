// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.grant;

import io.github.cibapack.request.Approval;
import io.github.cibapack.request.ApprovalLifespan;
import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.store.AfterCommit;
import jakarta.ws.rs.BadRequestException;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;

/**
 * The use of an approval, such that "This was not me" never comes too late for tokens. The use is
 * written down before it is made; then this class asks whether the approval is revoked, and for
 * tokens once more after the commit, before the answer leaves: a revocation that came in between
 * has not seen the session yet. A use that has not seen the mark of a revocation is found by that
 * one.
 */
final class RevocableUse {

    /** The error of the event. */
    static final String REVOKED = "approval_revoked";

    private final KeycloakSession session;
    private final Approvals approvals;

    RevocableUse(KeycloakSession session) {
        this.session = session;
        this.approvals = new Approvals(session);
    }

    /**
     * Tokens are about to be made.
     *
     * @param userSessionId the session that they will hang on
     * @param offline whether it will be an offline session as well
     * @return false if the approval is revoked
     */
    boolean tokens(AuthenticationRequest request, String userSessionId, boolean offline) {
        long seconds = ApprovalLifespan.seconds(session.getContext().getRealm(), offline);
        approvals.use(request, new Approval.Use.Tokens(userSessionId), seconds);
        if (approvals.isRevoked(request.id())) {
            return false;
        }
        endAfterCommitIfRevoked(request.id(), new IssuedSession(session, userSessionId));
        return true;
    }

    /**
     * A gateway is about to let the request pass.
     *
     * @param graceSeconds for which it lets more of the same pass
     * @return false if the approval is revoked
     */
    boolean pass(AuthenticationRequest request, int graceSeconds) {
        approvals.use(request, new Approval.Use.Passed(), graceSeconds);
        return !approvals.isRevoked(request.id());
    }

    private void endAfterCommitIfRevoked(String requestId, IssuedSession issued) {
        AfterCommit.run(
                session,
                () -> {
                    // what fails here fails the request: its tokens stay unknown
                    if (approvals.isRevoked(requestId)) {
                        issued.end();
                        throw new BadRequestException(OAuthErrorException.ACCESS_DENIED);
                    }
                });
    }
}
