// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Requests;
import org.keycloak.models.KeycloakSession;

/**
 * Writes down that a link was opened: the first time only, as mail scanners open links again and
 * again. Whether a person or a scanner was first, nobody can tell.
 */
final class FirstOpening {
    private FirstOpening() {}

    static void record(KeycloakSession session, AuthenticationRequest request) {
        if (!new Requests(session).isFirstOpening(request)) {
            return;
        }
        request.describe(
                        CibaEvents.event(session, CibaEvent.OPENED),
                        session.getContext().getRealm())
                .success();
    }
}
