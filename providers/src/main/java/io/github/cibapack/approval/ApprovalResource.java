// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.RequestProgress;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * The page behind the magic link. GET and HEAD show and change nothing, however often a mail
 * scanner calls them; POST decides.
 */
public final class ApprovalResource {
    private final KeycloakSession session;
    private final ApprovalPage page;

    ApprovalResource(KeycloakSession session) {
        this.session = session;
        this.page = new ApprovalPage(session);
    }

    /** Shows what is asked, or what has been decided. */
    @GET
    @Path("approve/{ticket}")
    @Produces(MediaType.TEXT_HTML)
    public Response show(@PathParam("ticket") String secret) {
        return page.orUnavailable(
                () -> {
                    Optional<PageVisit> inTime = inTime(secret);
                    inTime.map(PageVisit::request).ifPresent(new RequestProgress(session)::opened);
                    return inTime.or(() -> afterwards(secret))
                            .map(visit -> shown(visit, right(visit)))
                            .orElseGet(page::unknown);
                });
    }

    /** Who has signed in for the request is its user, and no program that follows links. */
    private Response shown(PageVisit visit, DecisionRight right) {
        if (right instanceof DecisionRight.MayDecide may && may.login().isPresent()) {
            new RequestProgress(session).seenByUser(visit.request());
        }
        return page.show(visit, right);
    }

    /**
     * Takes the decision of the page's form: field {@code decision} ({@code approve}, {@code deny},
     * {@code report}), or field {@code number} where numbers are matched.
     */
    @POST
    @Path("approve/{ticket}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response decide(@PathParam("ticket") String secret) {
        return about(
                secret, visit -> new DecisionSubmission(session, page).answer(visit, right(visit)));
    }

    /** Any other content type: no form of ours, so nothing is decided. */
    @POST
    @Path("approve/{ticket}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.TEXT_HTML)
    public Response decideByOtherMeans(@PathParam("ticket") String secret) {
        return about(secret, page::refused);
    }

    /** Revokes an approval: "This was not me". */
    @POST
    @Path("approve/{ticket}/" + RevocationAnswer.PATH)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response revoke(@PathParam("ticket") String secret) {
        return about(
                secret, visit -> new RevocationAnswer(session, page).answer(visit, right(visit)));
    }

    /** Goes to the realm's login and comes back to the page. */
    @GET
    @Path("approve/{ticket}/sign-in")
    @Produces(MediaType.TEXT_HTML)
    public Response signIn(@PathParam("ticket") String secret) {
        return about(secret, visit -> new SignIn(session).start(visit).orElseGet(page::unknown));
    }

    /** Where the login comes back to. */
    @GET
    @Path(LoginRedirect.RETURN_PATH)
    @Produces(MediaType.TEXT_HTML)
    public Response signedIn(@QueryParam("state") String state, @QueryParam("error") String error) {
        return PageAccess.areServed(session)
                ? new LoginRedirect(session).back(state, error).orElseGet(page::unknown)
                : page.unknown();
    }

    /** The requests of a user who is signed in. */
    @Path(InboxResource.PATH)
    public InboxResource inbox() {
        return new InboxResource(session);
    }

    private Response about(String secret, Function<PageVisit, Response> answer) {
        return page.orUnavailable(() -> visit(secret).map(answer).orElseGet(page::unknown));
    }

    private DecisionRight right(PageVisit visit) {
        return new SignIn(session).towards(visit);
    }

    private Optional<PageVisit> visit(String secret) {
        return inTime(secret).or(() -> afterwards(secret));
    }

    private Optional<PageVisit> inTime(String secret) {
        return PageAccess.areServed(session)
                ? new Requests(session)
                        .byLink(secret)
                        .filter(request -> !request.isExpired())
                        .map(
                                (AuthenticationRequest request) ->
                                        PageVisit.byLink(session, request, secret))
                : Optional.empty();
    }

    /** The request is over, and its approval can still be revoked. */
    private Optional<PageVisit> afterwards(String secret) {
        return PageAccess.areServed(session)
                ? new Approvals(session)
                        .byLink(secret)
                        .map(approval -> PageVisit.byLink(session, approval.request(), secret))
                : Optional.empty();
    }
}
