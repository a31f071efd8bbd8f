// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.CibaEvents;
import io.github.cibapack.audit.EventHistory;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.events.admin.OperationType;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** One request: where it stands, what happened to it, its end and its e-mail. */
public final class RequestResource {

    /** A request has a dozen events; one that is polled early for hours has a few more. */
    private static final int MOST_EVENTS = 200;

    private static final long CLOCK_SLACK_SECONDS = 60;

    private final AdminCall call;
    private final String authReqId;

    RequestResource(AdminCall call, String authReqId) {
        this.call = call;
        this.authReqId = authReqId;
    }

    /** Where the request stands. It is known until a minute after its end, or its redemption. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public RequestRepresentation show() {
        call.permissions().requireView();
        return RequestRepresentation.of(known());
    }

    /** What the realm has saved about the request, oldest first. */
    @GET
    @Path("history")
    @Produces(MediaType.APPLICATION_JSON)
    public HistoryRepresentation history() {
        call.permissions().requireViewEvents();
        Optional<KnownRequest> known = KnownRequest.shownAs(call.session(), authReqId);
        EventHistory history = HistoryResource.available(call.session());
        // what the store knows makes the search a short one
        EventHistory.Filter filter =
                new EventHistory.Filter(
                        Optional.empty(),
                        known.map(request -> request.client().getClientId()),
                        Optional.empty(),
                        known.map(RequestResource::begin).orElseGet(OptionalLong::empty),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.of(authReqId));
        EventHistory.Found found = history.search(filter, 0, MOST_EVENTS);
        if (found.events().isEmpty() && known.isEmpty()) {
            throw call.permissions().absent("Request not found");
        }
        return HistoryRepresentation.of(found, history).oldestFirst();
    }

    /** In milliseconds; the clocks of nodes may be a little apart. */
    private static OptionalLong begin(KnownRequest known) {
        return OptionalLong.of(
                RequestRepresentation.millis(known.request().createdAt() - CLOCK_SLACK_SECONDS));
    }

    /**
     * Ends a pending request. It polls as denied, and its page says who ended it. Where the user
     * decides at the same moment, one of the two wins.
     */
    @POST
    @Path("cancel")
    public Response cancel() {
        KnownRequest known = manageable();
        AdminEventBuilder adminEvent = adminEvent(known);
        requirePending(known);
        // last, as the claim cannot be taken back: everything that may fail has happened
        boolean first =
                new Outcomes(call.session())
                        .decide(
                                known.request(),
                                Decision.CANCELLED,
                                Optional.empty(),
                                Map.of(CibaEvents.REASON, "cancelled_by_admin"));
        if (!first) {
            throw notPending();
        }
        adminEvent.success();
        return Response.noContent().build();
    }

    /** Sends the e-mail of a pending request once more. */
    @POST
    @Path("resend")
    public Response resend() {
        KnownRequest known = manageable();
        requirePending(known);
        new Resend(call.session()).send(known);
        known.event(call.session(), CibaEvent.RESENT).success();
        adminEvent(known).success();
        return Response.noContent().build();
    }

    private AdminEventBuilder adminEvent(KnownRequest known) {
        return call.event(
                AdminCall.Resource.CIBA_REQUEST,
                OperationType.ACTION,
                Map.of(
                        "authReqId", known.authReqId(),
                        "client", known.client().getClientId(),
                        "userId", known.user().getId()));
    }

    private KnownRequest known() {
        return KnownRequest.shownAs(call.session(), authReqId)
                .orElseThrow(() -> call.permissions().absent("Request not found"));
    }

    private KnownRequest manageable() {
        KnownRequest known = known();
        call.permissions().userToManage(known.user().getId());
        return known;
    }

    private static void requirePending(KnownRequest known) {
        if (known.state() != RequestState.PENDING || known.outcome().isPresent()) {
            throw notPending();
        }
    }

    private static RuntimeException notPending() {
        return AdminError.because(
                Response.Status.CONFLICT,
                "not_pending",
                "The request is decided or over; there is nothing left to do");
    }
}
