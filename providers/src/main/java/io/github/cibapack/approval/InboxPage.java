// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.account.Authenticated;
import io.github.cibapack.audit.DecisionHistory;
import io.github.cibapack.details.DetailsView;
import io.github.cibapack.details.ShownDetail;
import io.github.cibapack.request.Approval;
import io.github.cibapack.request.Approvals;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.Receipts;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.Requests;
import io.github.cibapack.resource.ResourceView;
import io.github.cibapack.store.PendingSlots;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Timestamps;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The list of a user's requests. */
final class InboxPage {
    private static final String TEMPLATE = "ciba-inbox.ftl";
    private static final String MODEL = "inbox";
    private static final int DECISIONS = 20;

    private static final Comparator<AuthenticationRequest> NEWEST_FIRST =
            Comparator.comparingLong(AuthenticationRequest::createdAt)
                    .reversed()
                    .thenComparing(AuthenticationRequest::id);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PageFrame frame;

    InboxPage(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.frame = new PageFrame(session);
    }

    /** What the list's own form is bound to. */
    FormBinding binding(Authenticated who) {
        return FormBinding.ofRealm(session, who.session().getId()).and(InboxResource.PATH);
    }

    /** The page of somebody who is not signed in. */
    Response signIn() {
        Map<String, Object> model = new HashMap<>();
        Texts texts = frame.texts(null);
        LoginRedirect login = new LoginRedirect(session);
        if (login.isPossible()) {
            model.put(
                    "signInUrl",
                    PageUris.page(session, InboxResource.PATH + "/sign-in").getRawPath());
            login.failure(InboxResource.PATH)
                    .ifPresent(failure -> model.put("signInFailure", failure.value()));
        }
        return frame.render(TEMPLATE, MODEL, model, texts, Map.of(), Response.Status.OK);
    }

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
        model.put("pageToken", PageToken.of(binding(who)));
        model.put("signOutUrl", PageUris.signOut(session));
        return frame.render(
                TEMPLATE,
                MODEL,
                model,
                texts,
                Map.of("userName", Texts.name(user.getUsername())),
                Response.Status.OK);
    }

    /** To the list itself, after its form was sent. */
    Response goTo() {
        return SeeOther.to(frame.actionUrl(InboxResource.PATH));
    }

    private List<Map<String, Object>> pending(UserModel user, Texts texts) {
        Requests store = new Requests(session);
        List<PendingSlots.Pending> slots = new PendingSlots(session).of(user.getId());
        return slots.stream()
                .flatMap(found -> store.findUndecided(found.requestId()).stream())
                .filter(request -> request.hasPage() && !request.isExpired())
                .sorted(NEWEST_FIRST)
                .flatMap(request -> row(request, user, texts, Map.of("url", pageUrl(request, ""))))
                .toList();
    }

    /** Those that can be revoked, or have a receipt. */
    private List<Map<String, Object>> approvals(UserModel user, Texts texts) {
        Approvals approvals = new Approvals(session);
        Map<String, AuthenticationRequest> revocable =
                byId(
                        approvals.latest(user.getId()).stream()
                                .map(Approval::request)
                                .filter(request -> approvals.revocation(request.id()).isEmpty()));
        Map<String, AuthenticationRequest> told =
                byId(
                        new Receipts(session)
                                .latest(user.getId()).stream().map(Receipts.Approved::request));
        Map<String, AuthenticationRequest> all = new HashMap<>(revocable);
        // a receipt tells more
        all.putAll(told);
        return all.values().stream()
                .sorted(NEWEST_FIRST)
                .flatMap(
                        request -> {
                            Map<String, String> urls = new HashMap<>();
                            if (revocable.containsKey(request.id())) {
                                urls.put("url", pageUrl(request, ""));
                            }
                            if (told.containsKey(request.id())) {
                                urls.put(
                                        "receiptUrl", pageUrl(request, "/" + ReceiptDownload.PATH));
                            }
                            return row(request, user, texts, urls);
                        })
                .toList();
    }

    private static Map<String, AuthenticationRequest> byId(Stream<AuthenticationRequest> requests) {
        return requests.collect(
                Collectors.toMap(
                        AuthenticationRequest::id, Function.identity(), (one, same) -> one));
    }

    private Stream<Map<String, Object>> row(
            AuthenticationRequest request, UserModel user, Texts texts, Map<String, String> urls) {
        return Stream.ofNullable(realm.getClientById(request.clientId()))
                .map(
                        client -> {
                            Map<String, Object> row = new HashMap<>(urls);
                            row.put("appName", texts.nameOf(client));
                            row.put("bindingMessage", request.bindingMessage().orElse(""));
                            row.put("details", summaries(request, texts));
                            row.put("resources", resources(request, client, user, texts));
                            row.put(
                                    "api",
                                    request.once().map(use -> Texts.name(use.api())).orElse(""));
                            row.put("code", request.code());
                            row.put("time", Timestamps.shown(request.createdAt(), texts.locale()));
                            return row;
                        });
    }

    private String pageUrl(AuthenticationRequest request, String below) {
        return frame.actionUrl(InboxResource.PATH + "/" + request.authReqId() + below);
    }

    private static List<String> summaries(AuthenticationRequest request, Texts texts) {
        return request.authorizationDetails().stream()
                .flatMap(details -> new DetailsView(texts).of(details).stream())
                .map(ShownDetail::summary)
                .toList();
    }

    private List<Map<String, String>> resources(
            AuthenticationRequest request, ClientModel client, UserModel user, Texts texts) {
        ResourceView view = new ResourceView(session, texts);
        return request.resources()
                .map(asked -> view.of(asked, client, user, request.scope()))
                .orElse(List.of());
    }

    private List<Map<String, Object>> decisions(
            DecisionHistory history, UserModel user, Texts texts) {
        return history.of(user.getId(), DECISIONS).stream()
                .map(
                        entry ->
                                Map.<String, Object>of(
                                        "appName", nameOf(entry.clientId(), texts),
                                        "decision", entry.decision(),
                                        "bindingMessage", entry.bindingMessage().orElse(""),
                                        "details", headings(entry, texts),
                                        "time", Timestamps.shown(entry.at(), texts.locale())))
                .toList();
    }

    /** The names of the types: events have no more of the details than a hash. */
    private static List<String> headings(DecisionHistory.Entry entry, Texts texts) {
        return entry.detailTypes().stream().map(type -> DetailsView.heading(type, texts)).toList();
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
                                                "id", client.getId(),
                                                "appName", texts.nameOf(client)))
                        .toList();
    }
}
