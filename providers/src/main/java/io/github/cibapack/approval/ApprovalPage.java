// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.audit.Redacted;
import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Decision;
import io.github.cibapack.request.Outcome;
import io.github.cibapack.request.Outcomes;
import io.github.cibapack.request.RequestKind;
import io.github.cibapack.request.RequestState;
import io.github.cibapack.request.Requests;
import io.github.cibapack.request.RevocationResult;
import io.github.cibapack.scope.ClientSnapshot;
import io.github.cibapack.store.StoreOutage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The page of one request, in each of its states. */
final class ApprovalPage {
    private static final Logger LOG = Logger.getLogger(ApprovalPage.class);
    private static final String TEMPLATE = "ciba-approval.ftl";
    private static final String MODEL = "approval";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PageFrame frame;

    ApprovalPage(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.frame = new PageFrame(session);
    }

    /**
     * What is asked, or how it ended.
     *
     * @param right what the person who looks at it may do
     */
    Response show(PageVisit visit, DecisionRight right) {
        String requestId = visit.request().id();
        Requests store = new Requests(session);
        Optional<Outcome> outcome = new Outcomes(session).of(requestId);
        if (outcome.isPresent() && outcome.get().decision() != Decision.APPROVED) {
            return about(visit, PageState.of(outcome.get()), Response.Status.OK);
        }
        // "decided, outcome not yet visible" reads as pending; a second click changes nothing
        if (outcome.isEmpty() && store.state(requestId) == RequestState.PENDING) {
            return about(visit, open(right), Response.Status.OK);
        }
        Approvals approvals = new Approvals(session);
        Optional<RevocationResult> revocation = approvals.revocation(requestId);
        if (revocation.isPresent()) {
            return about(visit, PageState.of(revocation.get()), Response.Status.OK);
        }
        boolean kept = approvals.of(requestId).isPresent();
        return outcome.isPresent() || kept ? approved(visit, right, kept) : unknown();
    }

    Response notRevoked(PageVisit visit) {
        return about(visit, PageState.NOT_REVOKED, Response.Status.SERVICE_UNAVAILABLE);
    }

    /**
     * With the way to revoke it, for a person who may.
     *
     * @param kept whether it can be revoked
     */
    private Response approved(PageVisit visit, DecisionRight right, boolean kept) {
        Map<String, Object> offer = new HashMap<>();
        if (kept) {
            if (right instanceof DecisionRight.MayDecide) {
                offer.put("revokeUrl", frame.actionUrl(visit.path() + "/" + RevocationAnswer.PATH));
                offer.put("pageToken", PageToken.of(RevocationAnswer.binding(visit)));
            } else if (right instanceof DecisionRight.MustSignIn) {
                offer.put("signInUrl", signInUrl(visit));
            }
        }
        return about(visit, PageState.APPROVED, Response.Status.OK, offer);
    }

    private String signInUrl(PageVisit visit) {
        return PageUris.page(session, visit.path() + "/sign-in").getRawPath();
    }

    /** One and the same page for unknown, expired and foreign tickets. */
    Response unknown() {
        return aboutNothing(PageState.UNKNOWN, Response.Status.NOT_FOUND);
    }

    /** An answer, or the page that says so if the store does not answer. */
    Response orUnavailable(Supplier<Response> answer) {
        try {
            return answer.get();
        } catch (RuntimeException e) {
            if (!StoreOutage.isCauseOf(e)) {
                throw e;
            }
            LOG.warn("The store fails", Redacted.of(e));
            session.getTransactionManager().setRollbackOnly();
            return unavailable();
        }
    }

    /** The store does not answer, so nothing can be said of any request. */
    private Response unavailable() {
        return Response.fromResponse(
                        aboutNothing(PageState.UNAVAILABLE, Response.Status.SERVICE_UNAVAILABLE))
                .header(HttpHeaders.RETRY_AFTER, StoreOutage.RETRY_AFTER_SECONDS)
                .build();
    }

    private Response aboutNothing(PageState state, Response.Status status) {
        return frame.render(
                TEMPLATE,
                MODEL,
                Map.of("state", state.value()),
                frame.texts(null),
                Map.of(),
                status);
    }

    /** To the page itself, after its form was sent: that shows what became of it. */
    Response goTo(PageVisit visit) {
        return SeeOther.to(frame.actionUrl(visit.path()));
    }

    /** The page once more, for a second press of the same button. */
    Response askAgain(PageVisit visit, DecisionForm.Made choice, String marker) {
        return about(
                visit,
                PageState.UNDECIDED,
                Response.Status.OK,
                Map.of("again", again(choice, marker)));
    }

    /** The page of an approval once more, for a second press of "This was not me". */
    Response askAgainToRevoke(PageVisit visit, DecisionForm.Made choice, String marker) {
        return about(
                visit,
                PageState.APPROVED,
                Response.Status.OK,
                Map.of(
                        "again", again(choice, marker),
                        "actionUrl", frame.actionUrl(visit.path() + "/" + RevocationAnswer.PATH),
                        "pageToken", PageToken.of(RevocationAnswer.binding(visit))));
    }

    private static Map<String, String> again(DecisionForm.Made choice, String marker) {
        return Map.of("field", choice.field(), "value", choice.value(), "marker", marker);
    }

    /** The page once more, if what was typed is no number. */
    Response askForANumber(PageVisit visit) {
        return about(visit, PageState.UNDECIDED, Response.Status.OK, Map.of("noNumber", true));
    }

    /** A decision that did not come from the page's own form. */
    Response refused(PageVisit visit) {
        return about(visit, PageState.REFUSED, Response.Status.FORBIDDEN);
    }

    private static PageState open(DecisionRight right) {
        if (right instanceof DecisionRight.MustSignIn) {
            return PageState.SIGN_IN;
        }
        return right instanceof DecisionRight.IsSomebodyElse
                ? PageState.WRONG_USER
                : PageState.UNDECIDED;
    }

    private Response about(PageVisit visit, PageState state, Response.Status status) {
        return about(visit, state, status, Map.of());
    }

    private Response about(
            PageVisit visit, PageState state, Response.Status status, Map<String, Object> more) {
        AuthenticationRequest request = visit.request();
        ClientModel client = realm.getClientById(request.clientId());
        UserModel user = session.users().getUserById(realm, request.userId());
        if (client == null || !client.isEnabled() || user == null || !user.isEnabled()) {
            return unknown();
        }
        if (state.isOpen() && wouldListOtherScopes(request, client, user)) {
            return about(visit, PageState.ENDED, status);
        }
        var texts = frame.texts(user).of(request.kind().variant());
        RequestView view = new RequestView(session, request, client, user, texts);
        Map<String, Object> model = view.model(state);
        model.putAll(more);
        if (visit.isFromInbox()) {
            model.put("inboxUrl", frame.actionUrl(InboxResource.PATH));
        }
        switch (state) {
            case UNDECIDED -> {
                model.put("actionUrl", frame.actionUrl(visit.path()));
                model.put("pageToken", PageToken.of(visit.binding()));
            }
            case SIGN_IN -> {
                model.put("signInUrl", signInUrl(visit));
                new LoginRedirect(session)
                        .failure(visit.path())
                        .ifPresent(failure -> model.put("signInFailure", failure.value()));
            }
            case WRONG_USER -> model.put("signOutUrl", PageUris.signOut(session));
            default -> {
                // nothing left to do on the page
            }
        }
        return frame.render(TEMPLATE, MODEL, model, texts, view.variables(), status);
    }

    /**
     * Whether the client has changed since it asked. One that may register itself could give itself
     * less for as long as the page is read, and the rest again for the redemption.
     */
    private boolean wouldListOtherScopes(
            AuthenticationRequest request, ClientModel client, UserModel user) {
        return request.kind() != RequestKind.ONCE
                && !new ClientSnapshot(session, client)
                        .isOf(request.clientHash(), user, request.scope());
    }
}
