// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.clientauth.SentCredentials;
import io.github.cibapack.details.DetailsInAnswer;
import io.github.cibapack.grant.HeldPoll;
import io.github.cibapack.grant.PollRefusal;
import io.github.cibapack.intake.CibaErrorException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final KeycloakRefusal keycloaks;

    TokenPoll(KeycloakSession session, AsResponses answers) {
        this.session = session;
        this.answers = answers;
        this.keycloaks = new KeycloakRefusal(session, answers);
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
        return SentCredentials.faultOf(session)
                .map(keycloaks::answer)
                .orElseGet(
                        () -> endpoint(CibaEvents.keycloaksEvent(session)).processGrantRequest());
    }

    /**
     * What a poll comes to.
     *
     * @param response the answer of the moment
     * @param held the poll, if it may wait for another answer
     */
    record Result(Response response, Optional<Supplier<HeldPoll>> held) {}

    /**
     * Polls.
     *
     * @throws CibaErrorException if the form is larger than that of a poll
     */
    Result answer() {
        FormLimit.require(session);
        return SentCredentials.faultOf(session)
                .map(this::unreadable)
                .orElseGet(() -> answer(event -> endpoint(event).processGrantRequest()));
    }

    private Result unreadable(SentCredentials.Fault fault) {
        new PollEvent(session)
                .event(EventType.AUTHREQID_TO_TOKEN)
                .error(
                        fault == SentCredentials.Fault.PROOF
                                ? Errors.INVALID_DPOP_PROOF
                                : Errors.INVALID_CLIENT_CREDENTIALS);
        return new Result(keycloaks.answer(fault), Optional.empty());
    }

    /** The answer to a poll that has waited, in the session that it has entered. */
    Response answer(HeldPoll held) {
        Response response = answer(event -> held.poll(session, event)).response();
        DetailsInAnswer.complete(session, response.getEntity());
        return response;
    }

    private Result answer(Function<EventBuilder, Response> poll) {
        PollEvent event = new PollEvent(session);
        try {
            Response response = poll.apply(event);
            Optional<PollRefusal> refusal = PollRefusal.in(response);
            return refusal.isPresent()
                    ? new Result(
                            PollErrors.answer(session, answers, refusal.get()),
                            refusal.get().held())
                    : new Result(answers.ok(response), Optional.empty());
        } catch (WebApplicationException e) {
            return new Result(keycloaks.answer(e, event.error()), Optional.empty());
        }
    }

    private TokenEndpoint endpoint(EventBuilder event) {
        return new TokenEndpoint(session, new TokenManager(), event);
    }
}
