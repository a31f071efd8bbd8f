// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.details.DetailsInAnswer;
import io.github.cibapack.grant.HeldPoll;
import io.github.cibapack.intake.CibaErrorException;
import io.github.cibapack.waiting.CallSession;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;

/**
 * {@code as/token} for a call that may wait. The first answer is that of {@link AsResource}; the
 * session ends with this method, so what comes later is made in another one.
 */
public final class LongPollResource {
    private final KeycloakSession session;
    private final LongPolling longPolling;
    private final AsResponses answers;
    private final RestHeaders headers;

    LongPollResource(KeycloakSession session, LongPolling longPolling) {
        this.session = session;
        this.longPolling = longPolling;
        this.answers = new AsResponses(session);
        this.headers = new RestHeaders(session);
        CallContext.enterAs(session);
    }

    /** Polls for tokens (CIBA Core §10.1); other grants are Keycloak's. */
    @POST
    @Path("token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> token() {
        return CallSession.endBefore(answer().thenApply(headers::on), session);
    }

    /** A body of another type. */
    @POST
    @Path("token")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response tokenWithoutForm() {
        return answers.notAForm();
    }

    private CompletionStage<Response> answer() {
        try {
            TokenPoll poll = new TokenPoll(session, answers);
            if (!poll.isCiba()) {
                return at(poll.otherGrant());
            }
            return answer(poll.answer());
        } catch (CibaErrorException e) {
            return at(answers.refused(e));
        } catch (WebApplicationException e) {
            session.getTransactionManager().setRollbackOnly();
            return at(e.getResponse());
        } catch (RuntimeException e) {
            return at(answers.failed(e));
        }
    }

    private CompletionStage<Response> answer(TokenPoll.Result result) {
        return result.held()
                .map(Supplier::get)
                .map(poll -> hold(poll, longPolling.patience(session, poll), result.response()))
                .orElseGet(() -> at(result.response()));
    }

    private CompletionStage<Response> hold(
            HeldPoll poll, LongPolling.Patience patience, Response pending) {
        if (patience.longest().isZero()) {
            return at(pending);
        }
        return longPolling
                .hold(session, poll, patience, pending, decided -> decided(decided, poll))
                .exceptionally(failure -> failed(answers, failure));
    }

    private static Response decided(KeycloakSession session, HeldPoll poll) {
        poll.enter(session);
        return new TokenPoll(session, new AsResponses(session)).answer(poll);
    }

    /** What a commit says is an answer, too: an approval may be revoked while it is used. */
    private static Response failed(AsResponses answers, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (!(cause instanceof WebApplicationException said)) {
            return answers.failedLater(cause);
        }
        // what RevocableUse says after the commit
        return OAuthErrorException.ACCESS_DENIED.equals(said.getMessage())
                ? PollErrors.denied(answers)
                : said.getResponse();
    }

    /**
     * At once. The filter of answers comes when this session has ended, and finds nothing in it.
     */
    private CompletionStage<Response> at(Response answer) {
        DetailsInAnswer.complete(session, answer.getEntity());
        return CompletableFuture.completedStage(answer);
    }
}
