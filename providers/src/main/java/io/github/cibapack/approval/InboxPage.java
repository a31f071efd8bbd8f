// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.account.Authenticated;
import io.github.cibapack.audit.DecisionHistory;
import io.github.cibapack.details.DetailsView;
import io.github.cibapack.details.ShownDetail;
import io.github.cibapack.request.Approval;
import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.Requests;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.text.Texts;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The list of a user's requests. */
final class InboxPage {
    private static final String TEMPLATE = "ciba-inbox.ftl";
    private static final String MODEL = "inbox";
    private static final int DECISIONS = 20;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PageFrame frame;

    InboxPage(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.frame = new PageFrame(session);
    }

    /** What the list's own form is bound to. */
    static String binding(Authenticated who) {
        return who.session().getId() + " " + InboxResource.PATH;
    }

    /** The page of somebody who is not signed in. */
    Response signIn() {
        Map<String, Object> model = new HashMap<>();
        LoginRedirect login = new LoginRedirect(session);
        if (login.isPossible()) {
            model.put(
                    "signInUrl",
                    PageUris.page(session, InboxResource.PATH + "/sign-in").getRawPath());
            login.failure(InboxResource.PATH)
                    .ifPresent(failure -> model.put("signInFailure", failure.value()));
        }
        return frame.render(
                TEMPLATE, MODEL, model, frame.texts(null), Map.of(), null, Response.Status.OK);
    }

    /** The list. */
    Response show(Authenticated who) {
        UserModel user = who.user();
        Texts texts = frame.texts(user);
        DecisionHistory history = new DecisionHistory(session);
        Map<String, Object> model = new HashMap<>();
        model.put("pending", pending(user, texts));
        model.put("approvals", approvals(user, texts));
        model.put("blocked", blocked(user, texts));
        if (history.isKept()) {
            model.put("decisions", decisions(history, user, texts));
        }
        model.put("actionUrl", frame.actionUrl(InboxResource.PATH));
        model.put("pageToken", new PageToken(session).of(binding(who)));
        return frame.render(TEMPLATE, MODEL, model, texts, Map.of(), user, Response.Status.OK);
    }

    /** To the list itself, after its form was sent. */
    Response goTo() {
        return SeeOther.to(frame.actionUrl(InboxResource.PATH));
    }

    private List<Map<String, Object>> pending(UserModel user, Texts texts) {
        Requests store = new Requests(session);
        return new PendingSlots(session)
                .of(user.getId()).stream()
                        .flatMap(found -> store.find(found.requestId()).stream())
                        .filter(request -> request.hasPage() && !request.isExpired())
                        .filter(request -> store.outcome(request.id()).isEmpty())
                        .sorted(
                                Comparator.comparingLong(AuthenticationRequest::createdAt)
                                        .reversed())
                        .flatMap(request -> row(request, texts).stream())
                        .toList();
    }

    /** Those that can be revoked. */
    private List<Map<String, Object>> approvals(UserModel user, Texts texts) {
        Approvals approvals = new Approvals(session);
        return approvals.latest(user.getId()).stream()
                .map(Approval::request)
                .filter(request -> approvals.revocation(request.id()).isEmpty())
                .flatMap(request -> row(request, texts).stream())
                .toList();
    }

    private Optional<Map<String, Object>> row(AuthenticationRequest request, Texts texts) {
        return Optional.ofNullable(realm.getClientById(request.clientId()))
                .map(
                        client ->
                                Map.of(
                                        "appName",
                                        texts.nameOf(client),
                                        "bindingMessage",
                                        request.bindingMessage().orElse(""),
                                        "details",
                                        request
                                                .authorizationDetails()
                                                .map(new DetailsView(texts)::of)
                                                .orElse(List.of())
                                                .stream()
                                                .map(ShownDetail::summary)
                                                .toList(),
                                        "code",
                                        request.code(),
                                        "time",
                                        ShownTime.of(request.createdAt(), texts),
                                        "url",
                                        frame.actionUrl(
                                                InboxResource.PATH + "/" + request.authReqId())));
    }

    private List<Map<String, Object>> decisions(
            DecisionHistory history, UserModel user, Texts texts) {
        return history.of(user.getId(), DECISIONS).stream()
                .map(
                        entry ->
                                Map.<String, Object>of(
                                        "appName",
                                        nameOf(entry.clientId(), texts),
                                        "decision",
                                        entry.decision(),
                                        "time",
                                        ShownTime.of(entry.at(), texts)))
                .toList();
    }

    private String nameOf(String clientId, Texts texts) {
        ClientModel client = clientId == null ? null : realm.getClientByClientId(clientId);
        return client == null ? Texts.name(String.valueOf(clientId)) : texts.nameOf(client);
    }

    private List<Map<String, String>> blocked(UserModel user, Texts texts) {
        return new ReportBlocks(session)
                .of(user.getId()).stream()
                        .map(realm::getClientById)
                        .filter(Objects::nonNull)
                        .map(
                                client ->
                                        Map.of(
                                                "id",
                                                client.getId(),
                                                "appName",
                                                texts.nameOf(client)))
                        .toList();
    }
}
