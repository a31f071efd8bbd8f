// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Decision;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The page behind the magic link. GET and HEAD show and change nothing, however often a mail
 * scanner calls them; POST decides.
 */
public final class ApprovalResource {
    private static final String DECISION_FIELD = "decision";

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
        return usableTicket(secret).map(page::show).orElseGet(page::unknown);
    }

    /**
     * Takes the decision of the page's form: field {@code decision}, {@code approve} or {@code
     * deny}.
     */
    @POST
    @Path("approve/{ticket}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response decide(@PathParam("ticket") String secret) {
        Optional<Ticket> ticket = usableTicket(secret);
        if (ticket.isEmpty()) {
            return page.unknown();
        }
        Optional<Decision> decision = decision();
        if (decision.isEmpty() || !SameOrigin.isFulfilled(session)) {
            return page.refused(ticket.get());
        }
        new DecisionTaker(session).take(ticket.get(), decision.get());
        return page.show(ticket.get());
    }

    /** Any other content type: no form of ours, so nothing is decided. */
    @POST
    @Path("approve/{ticket}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.TEXT_HTML)
    public Response decideByOtherMeans(@PathParam("ticket") String secret) {
        return usableTicket(secret).map(page::refused).orElseGet(page::unknown);
    }

    private Optional<Ticket> usableTicket(String secret) {
        RealmModel realm = session.getContext().getRealm();
        boolean plainHttp = !"https".equals(session.getContext().getUri().getBaseUri().getScheme());
        if (!realm.isEnabled()
                || (plainHttp
                        && realm.getSslRequired()
                                .isRequired(session.getContext().getConnection()))) {
            return Optional.empty();
        }
        return new RequestStore(session).ticket(secret).filter(ticket -> !ticket.isExpired());
    }

    private Optional<Decision> decision() {
        List<String> values =
                session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .getOrDefault(DECISION_FIELD, List.of());
        // exactly one: a form that says both says nothing
        if (values.equals(List.of("approve"))) {
            return Optional.of(Decision.APPROVED);
        }
        return values.equals(List.of("deny")) ? Optional.of(Decision.DENIED) : Optional.empty();
    }
}
