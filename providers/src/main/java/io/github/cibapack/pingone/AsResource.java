// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.pingone;

import io.github.cibapack.audit.CallContext;
import io.github.cibapack.followup.CancelResult;
import io.github.cibapack.followup.Cancellation;
import io.github.cibapack.followup.StatusInquiry;
import io.github.cibapack.grant.PollError;
import io.github.cibapack.grant.PollRefusal;
import io.github.cibapack.intake.Acknowledgement;
import io.github.cibapack.intake.AsIntake;
import io.github.cibapack.intake.CibaErrorException;
import io.github.cibapack.request.RequestIds;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;

/** The {@code as} endpoints: start and poll, cancel and status, discovery. */
public final class AsResource {
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;
    private static final int MOMENT = 1;

    private final KeycloakSession session;
    private final AsResponses answers;

    AsResource(KeycloakSession session) {
        this.session = session;
        this.answers = new AsResponses(session);
        CallContext.enterAs(session);
    }

    /** Starts an authentication request (CIBA Core §7). */
    @POST
    @Path("cibaAuthorization")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response authorize() {
        return answer(() -> answers.ok(acknowledgement(new AsIntake(session).accept(form()))));
    }

    /** A body of another type: with a second method on the path the type above is enforced. */
    @POST
    @Path("cibaAuthorization")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response authorizeWithoutForm() {
        return answers.notAForm();
    }

    /** Polls for tokens (CIBA Core §10.1); other grants are Keycloak's. */
    @POST
    @Path("token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response token() {
        TokenPoll poll = new TokenPoll(session, answers);
        return poll.isCiba() ? answer(() -> poll.answer().response()) : poll.otherGrant();
    }

    @POST
    @Path("token")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response tokenWithoutForm() {
        return answers.notAForm();
    }

    /** Takes a request back that the client has started, for as long as it is pending. */
    @POST
    @Path("cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response cancel() {
        return about(() -> answer(new Cancellation(session).of(form())));
    }

    @POST
    @Path("cancel")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response cancelWithoutForm() {
        return answers.notAForm();
    }

    private Response answer(CancelResult result) {
        return switch (result) {
            case CANCELLED -> answers.ok(Map.of("status", "cancelled"));
            case DECIDED ->
                    answers.error(
                            CONFLICT,
                            "already_decided",
                            "The authorization request has ended already. A poll tells how.");
            case BEING_DECIDED ->
                    answers.error(
                            UNAVAILABLE,
                            "server_error",
                            "The authorization request is being decided at this moment.",
                            OptionalInt.of(MOMENT));
            case EXPIRED -> PollErrors.answer(session, answers, PollRefusal.of(PollError.EXPIRED));
            case UNKNOWN -> PollErrors.answer(session, answers, PollRefusal.of(PollError.UNKNOWN));
        };
    }

    /** Tells where a request stands that the client has started. */
    @POST
    @Path("status")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response status() {
        return about(
                () -> new StatusAnswer(session, answers).of(new StatusInquiry(session).of(form())));
    }

    @POST
    @Path("status")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response statusWithoutForm() {
        return answers.notAForm();
    }

    private Response about(Supplier<Response> call) {
        return answer(
                () -> {
                    try {
                        return call.get();
                    } catch (WebApplicationException e) {
                        return new KeycloakRefusal(session, answers).answer(e, Optional.empty());
                    }
                });
    }

    private Response answer(Supplier<Response> call) {
        try {
            return call.get();
        } catch (CibaErrorException e) {
            return answers.refused(e);
        } catch (RuntimeException e) {
            return answers.failed(e);
        }
    }

    /** Says where these endpoints are and what they can do (OpenID Connect Discovery §4). */
    @GET
    @Path(".well-known/openid-configuration")
    @Produces(MediaType.APPLICATION_JSON)
    public Response discovery() {
        return new AsDiscovery(session, answers).answer(OIDCWellKnownProviderFactory.PROVIDER_ID);
    }

    /** The same for clients of OAuth 2.0 (RFC 8414). */
    @GET
    @Path(".well-known/oauth-authorization-server")
    @Produces(MediaType.APPLICATION_JSON)
    public Response authorizationServerMetadata() {
        return new AsDiscovery(session, answers).answer(OAuth2WellKnownProviderFactory.PROVIDER_ID);
    }

    private MultivaluedMap<String, String> form() {
        return session.getContext().getHttpRequest().getDecodedFormParameters();
    }

    private static Map<String, Object> acknowledgement(Acknowledgement accepted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("auth_req_id", accepted.authReqId());
        body.put("expires_in", accepted.expiresIn());
        body.put("interval", accepted.interval());
        body.put(Acknowledgement.REQUEST_CODE, RequestIds.code(accepted.authReqId()));
        accepted.matchCode().ifPresent(number -> body.put(Acknowledgement.MATCH_CODE, number));
        return body;
    }
}
