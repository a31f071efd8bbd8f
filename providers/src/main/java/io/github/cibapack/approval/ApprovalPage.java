// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.store.Outcome;
import io.github.cibapack.store.RequestState;
import io.github.cibapack.store.RequestStore;
import io.github.cibapack.store.Ticket;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Timestamps;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.theme.Theme;

/** Renders the page in each of its states, through Keycloak's login forms and the realm's theme. */
final class ApprovalPage {
    private static final String TEMPLATE = "ciba-approval.ftl";

    private final KeycloakSession session;
    private final RealmModel realm;

    ApprovalPage(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The page of a ticket: what is asked, or how it ended. */
    Response show(Ticket ticket) {
        RequestStore store = new RequestStore(session);
        Optional<Outcome> outcome = store.outcome(ticket.requestId());
        if (outcome.isPresent()) {
            return about(ticket, decided(outcome.get()), Response.Status.OK);
        }
        // "decided, outcome not yet visible" reads as pending; a second click changes nothing
        return store.state(ticket.requestId()) == RequestState.PENDING
                ? about(ticket, PageState.UNDECIDED, Response.Status.OK)
                : unknown();
    }

    /** One and the same page for unknown, expired and foreign tickets. */
    Response unknown() {
        return render(
                texts(null),
                Map.of(),
                Map.of("state", PageState.UNKNOWN.value()),
                null,
                Response.Status.NOT_FOUND);
    }

    /** A decision that did not come from the page's own form. */
    Response refused(Ticket ticket) {
        return about(ticket, PageState.REFUSED, Response.Status.FORBIDDEN);
    }

    private static PageState decided(Outcome outcome) {
        return switch (outcome.decision()) {
            case APPROVED -> PageState.APPROVED;
            case DENIED -> PageState.DENIED;
            case UNDELIVERABLE -> PageState.ENDED;
        };
    }

    private Response about(Ticket ticket, PageState state, Response.Status status) {
        ClientModel client = realm.getClientById(ticket.clientId());
        UserModel user = session.users().getUserById(realm, ticket.userId());
        if (client == null || !client.isEnabled() || user == null || !user.isEnabled()) {
            return unknown();
        }
        Texts texts = texts(user);
        Map<String, String> variables = new HashMap<>();
        variables.put("appName", texts.nameOf(client));
        variables.put("userName", Texts.name(user.getUsername()));
        variables.put("realmName", Texts.name(realmName()));
        Map<String, Object> approval = new HashMap<>();
        approval.put("state", state.value());
        approval.put("appName", texts.nameOf(client));
        if (state == PageState.UNDECIDED) {
            describe(approval, ticket, client, user, texts);
        }
        return render(texts, variables, approval, user, status);
    }

    private void describe(
            Map<String, Object> approval,
            Ticket ticket,
            ClientModel client,
            UserModel user,
            Texts texts) {
        approval.put("actionUrl", session.getContext().getUri().getRequestUri().getRawPath());
        approval.put("secondsLeft", Math.max(0, ticket.expiresAt() - Time.currentTimeSeconds()));
        approval.put("requestTime", Timestamps.format(ticket.createdAt(), texts.locale()));
        approval.put("requestOrigin", ticket.requestedFrom());
        ticket.bindingMessage().ifPresent(message -> approval.put("bindingMessage", message));
        approval.put("scopes", scopes(ticket, client, user, texts));
        ClientLogo.of(client).ifPresent(logo -> approval.put("appLogo", logo));
        Optional.ofNullable(client.getDescription())
                .filter(description -> !description.isBlank())
                .ifPresent(
                        description -> approval.put("appDescription", texts.resolve(description)));
    }

    /** What the scopes mean, in the words of Keycloak's consent screen. */
    private List<String> scopes(Ticket ticket, ClientModel client, UserModel user, Texts texts) {
        return TokenManager.getRequestedClientScopes(session, ticket.scope(), client, user)
                .filter(ClientScopeModel::isDisplayOnConsentScreen)
                .map(ClientScopeModel::getConsentScreenText)
                .filter(text -> text != null && !text.isBlank())
                .map(texts::resolve)
                .distinct()
                .toList();
    }

    private String realmName() {
        return Optional.ofNullable(realm.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElseGet(realm::getName);
    }

    /**
     * What Keycloak builds its language links from. Its default is the request's path, which fails
     * as a template where a broken link has braces in it.
     */
    private URI realmUri() {
        return session.getContext()
                .getUri()
                .getBaseUriBuilder()
                .path("realms")
                .path(realm.getName())
                .build();
    }

    private Texts texts(UserModel user) {
        Locale locale = session.getContext().resolveLocale(user);
        return Texts.of(session, Theme.Type.LOGIN, locale);
    }

    private Response render(
            Texts texts,
            Map<String, String> variables,
            Map<String, Object> approval,
            UserModel user,
            Response.Status status) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        form.setUser(user);
        form.setStatus(status);
        form.setActionUri(realmUri());
        form.setAttribute("approval", approval);
        form.setAttribute("text", texts.substituted(variables));
        form.setAttribute("lang", texts.locale().toLanguageTag());
        form.setAttribute("dir", texts.direction());
        PageHeaders.set(session, form);
        return form.createForm(TEMPLATE);
    }
}
