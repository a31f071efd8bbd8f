// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.admin;

import io.github.cibapack.audit.CibaEvent;
import io.github.cibapack.audit.EventHistory;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.DateUtil;

/** A realm's history, from the events that it saves. */
public final class HistoryResource {
    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final int FARTHEST = 1_000_000;

    private final AdminCall call;

    HistoryResource(AdminCall call) {
        this.call = call;
    }

    /**
     * The events, newest first.
     *
     * @param first how many to pass over, 0 by default
     * @param max how many to return, 1–1000, 100 by default
     * @param client the client id
     * @param user internal id of the user
     * @param type {@code AUTHREQID_TO_TOKEN} or {@code AUTHREQID_TO_TOKEN_ERROR}
     * @param step a value of the detail {@code ciba_event}
     * @param authReqId a request
     * @param dateFrom the first day (yyyy-MM-dd, UTC) or moment (milliseconds since the epoch)
     * @param dateTo the last day or moment
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public HistoryRepresentation list(
            @QueryParam("first") String first,
            @QueryParam("max") String max,
            @QueryParam("client") String client,
            @QueryParam("user") String user,
            @QueryParam("type") String type,
            @QueryParam("ciba_event") String step,
            @QueryParam("auth_req_id") String authReqId,
            @QueryParam("dateFrom") String dateFrom,
            @QueryParam("dateTo") String dateTo) {
        call.permissions().requireViewEvents();
        EventHistory.Filter filter =
                new EventHistory.Filter(
                        AdminCall.given(type).map(HistoryResource::type),
                        AdminCall.given(client),
                        AdminCall.given(user),
                        moment("dateFrom", dateFrom, DateUtil::toStartOfDay),
                        moment("dateTo", dateTo, DateUtil::toEndOfDay),
                        AdminCall.given(step).map(HistoryResource::step),
                        AdminCall.given(authReqId));
        int passedOver = number("first", first, 0, 0, FARTHEST);
        int most = number("max", max, USUAL, 1, MOST);
        EventHistory history = available(call.session());
        return HistoryRepresentation.of(history.search(filter, passedOver, most), history);
    }

    /** The history, if there is one: no history is another answer than an empty one. */
    static EventHistory available(KeycloakSession session) {
        EventHistory history = new EventHistory(session);
        return switch (history.availability()) {
            case AVAILABLE -> history;
            case EVENTS_OFF ->
                    throw unavailable(
                            "The realm does not save events: switch on 'Save events' in its event"
                                    + " settings");
            case TYPES_NOT_SAVED ->
                    throw unavailable(
                            "The realm saves events, but none of type AUTHREQID_TO_TOKEN or"
                                    + " AUTHREQID_TO_TOKEN_ERROR: add them to its saved types");
            case NO_EVENT_STORE -> throw unavailable("The server has no event store");
        };
    }

    private static RuntimeException unavailable(String sentence) {
        return AdminError.because(Response.Status.CONFLICT, "history_unavailable", sentence);
    }

    private static EventType type(String name) {
        for (EventType type : EventHistory.TYPES) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw AdminError.badRequest(
                "'type' must be AUTHREQID_TO_TOKEN or AUTHREQID_TO_TOKEN_ERROR");
    }

    private static CibaEvent step(String detail) {
        return CibaEvent.of(detail)
                .orElseThrow(
                        () -> AdminError.badRequest("'ciba_event' must be one of the known steps"));
    }

    private static OptionalLong moment(String name, String text, ToLongFunction<String> reader) {
        if (AdminCall.given(text).isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(reader.applyAsLong(text.trim()));
        } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
            throw AdminError.badRequest(
                    "'%s' must be a day, yyyy-MM-dd, or milliseconds since the epoch"
                            .formatted(name));
        }
    }

    private static int number(String name, String text, int usual, int least, int most) {
        if (AdminCall.given(text).isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that fits both
        }
        throw AdminError.badRequest(
                "'%s' must be a whole number, %d–%d".formatted(name, least, most));
    }
}
