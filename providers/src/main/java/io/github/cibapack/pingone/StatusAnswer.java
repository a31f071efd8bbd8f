// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.Meters;
import io.github.cibapack.followup.StatusResult;
import io.github.cibapack.followup.StatusResult.Stage;
import io.github.cibapack.grant.PollError;
import io.github.cibapack.grant.PollRefusal;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;

/** How {@code as/status} answers. */
final class StatusAnswer {

    /** Programs follow links, too, and do not sign in. */
    private static final Map<Stage, String> OPENED_BY =
            Map.of(Stage.OPENED, "person_or_scanner", Stage.OPENED_BY_USER, "user");

    private final KeycloakSession session;
    private final AsResponses answers;

    StatusAnswer(KeycloakSession session, AsResponses answers) {
        this.session = session;
        this.answers = answers;
    }

    Response of(StatusResult result) {
        if (result instanceof StatusResult.Known known) {
            return counted(known.stage().value(), told(known));
        }
        if (result instanceof StatusResult.TooEarly early) {
            return counted("slow_down", refused(PollRefusal.slowDown(early.retryAfter())));
        }
        if (result instanceof StatusResult.Hidden) {
            return counted("hidden", hidden());
        }
        return counted("unknown", refused(PollRefusal.of(PollError.UNKNOWN)));
    }

    private Response refused(PollRefusal refusal) {
        return PollErrors.answer(session, answers, refusal);
    }

    private Response hidden() {
        return answers.error(
                Response.Status.FORBIDDEN.getStatusCode(),
                OAuthErrorException.ACCESS_DENIED,
                "The status of requests is not told where it is hidden which users exist.");
    }

    private Response counted(String answer, Response response) {
        Meters.status(session.getContext().getRealm().getName(), answer);
        return response;
    }

    private Response told(StatusResult.Known known) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", known.stage().value());
        known.channel().ifPresent(channel -> body.put("channel", channel));
        Optional.ofNullable(OPENED_BY.get(known.stage()))
                .ifPresent(who -> body.put("opened_by", who));
        body.put("expires_in", known.expiresIn());
        body.put("interval", known.interval());
        return answers.ok(body);
    }
}
