// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.account.Authenticated;
import io.github.cibapack.request.Approval;
import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.RequestProgress;
import io.github.cibapack.request.Requests;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * What a user who is signed in finds without any mail: the open requests, the same page for each of
 * them, the latest decisions. GET changes nothing here, either.
 */
public final class InboxResource {
    static final String PATH = "requests";

    private static final String UNBLOCK_FIELD = "unblock";

    private final KeycloakSession session;
    private final ApprovalPage page;
    private final InboxPage inbox;

    InboxResource(KeycloakSession session) {
        this.session = session;
        this.page = new ApprovalPage(session);
        this.inbox = new InboxPage(session);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response list() {
        return signedIn(inbox::show);
    }

    /** Lets a client ask again that the user has reported: field {@code unblock}, its id. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response unblock() {
        return signedIn(
                who -> {
                    MultivaluedMap<String, String> form =
                            session.getContext().getHttpRequest().getDecodedFormParameters();
                    String clientId = form.getFirst(UNBLOCK_FIELD);
                    if (new PageToken(session).isInOwnForm(inbox.binding(who))
                            && clientId != null) {
                        new ReportBlocks(session).unblock(clientId, who.user().getId());
                    }
                    return inbox.goTo();
                });
    }

    /** Goes to the realm's login and comes back to the list. */
    @GET
    @Path("sign-in")
    @Produces(MediaType.TEXT_HTML)
    public Response signIn() {
        return PageAccess.areServed(session)
                ? new LoginRedirect(session)
                        .to(PATH, Optional.empty(), false)
                        .orElseGet(page::unknown)
                : page.unknown();
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public Response show(@PathParam("id") String authReqId) {
        return about(
                authReqId,
                (visit, right) -> {
                    new RequestProgress(session).seenByUser(visit.request());
                    return page.show(visit, right);
                });
    }

    /** Takes the decision, as the page behind the link does. */
    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response decide(@PathParam("id") String authReqId) {
        return about(authReqId, new DecisionSubmission(session, page)::answer);
    }

    /** Revokes an approval, as the page behind the link does. */
    @POST
    @Path("{id}/" + RevocationAnswer.PATH)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response revoke(@PathParam("id") String authReqId) {
        return about(authReqId, new RevocationAnswer(session, page)::answer);
    }

    /** The receipt of an approval, as a file. */
    @GET
    @Path("{id}/" + ReceiptDownload.PATH)
    public Response receipt(@PathParam("id") String authReqId) {
        return signedIn(
                who ->
                        new ReceiptDownload(session)
                                .of(who.user().getId(), authReqId)
                                .orElseGet(page::unknown));
    }

    /** Goes to the realm's login, for the level that the request asks for. */
    @GET
    @Path("{id}/sign-in")
    @Produces(MediaType.TEXT_HTML)
    public Response signIn(@PathParam("id") String authReqId) {
        return signedIn(
                who ->
                        visit(who, authReqId)
                                .flatMap(new SignIn(session)::start)
                                .orElseGet(page::unknown));
    }

    private Response signedIn(Function<Authenticated, Response> answer) {
        return page.orUnavailable(
                () ->
                        PageAccess.areServed(session)
                                ? new SignIn(session).current().map(answer).orElseGet(inbox::signIn)
                                : page.unknown());
    }

    private Response about(
            String authReqId, BiFunction<PageVisit, DecisionRight, Response> answer) {
        SignIn signIn = new SignIn(session);
        return signedIn(
                who ->
                        visit(who, authReqId)
                                .map(visit -> answer.apply(visit, signIn.towards(visit, who)))
                                .orElseGet(page::unknown));
    }

    /** Somebody else's request is as unknown as one that does not exist. */
    private Optional<PageVisit> visit(Authenticated who, String authReqId) {
        return new Requests(session)
                .shownAs(authReqId)
                .filter(request -> request.userId().equals(who.user().getId()))
                .filter(request -> request.hasPage() && !request.isExpired())
                .or(() -> approved(who, authReqId))
                .map(request -> PageVisit.fromInbox(session, request, who.session()));
    }

    /** The request may be over, and its approval can still be revoked. */
    private Optional<AuthenticationRequest> approved(Authenticated who, String authReqId) {
        return new Approvals(session)
                .latest(who.user().getId()).stream()
                        .map(Approval::request)
                        .filter(request -> request.authReqId().equals(authReqId))
                        .findFirst();
    }
}
