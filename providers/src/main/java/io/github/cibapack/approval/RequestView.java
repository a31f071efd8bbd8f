// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.details.DetailsView;
import io.github.cibapack.details.ShownDetail;
import io.github.cibapack.policy.Logo;
import io.github.cibapack.request.AuthenticationRequest;
import io.github.cibapack.request.MatchNumbers;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.request.RequestContext;
import io.github.cibapack.request.RequestKind;
import io.github.cibapack.resource.ResourceView;
import io.github.cibapack.scope.ConsentList;
import io.github.cibapack.text.RealmName;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Timestamps;
import io.github.cibapack.time.ServerClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** What the template is told about one request. */
final class RequestView {
    private final KeycloakSession session;
    private final AuthenticationRequest request;
    private final ClientModel client;
    private final UserModel user;
    private final Texts texts;

    RequestView(
            KeycloakSession session,
            AuthenticationRequest request,
            ClientModel client,
            UserModel user,
            Texts texts) {
        this.session = session;
        this.request = request;
        this.client = client;
        this.user = user;
        this.texts = texts;
    }

    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("appName", texts.nameOf(client));
        variables.put("userName", Texts.name(user.getUsername()));
        variables.put("realmName", RealmName.of(session.getContext().getRealm()));
        int blockMinutes = request.terms().reportBlockMinutes();
        variables.put("blockMinutes", Integer.toString(blockMinutes));
        variables.put("blockTime", texts.timeSpan(TimeUnit.MINUTES.toSeconds(blockMinutes)));
        variables.put("requestCode", request.code());
        request.once()
                .ifPresent(use -> variables.putAll(use.variables(session, texts, user.getId())));
        return variables;
    }

    Map<String, Object> model(PageState state) {
        Map<String, Object> model = new HashMap<>();
        model.put("state", state.value());
        model.put("appName", texts.nameOf(client));
        if (state.isOpen()) {
            describe(model);
        }
        if (state == PageState.UNDECIDED) {
            request.terms().numbers().ifPresent(match -> describe(match, model));
        }
        if (state.isReport() || state == PageState.WRONG_NUMBER) {
            model.put(
                    "blocked",
                    new ReportBlocks(session).isBlocked(request.clientId(), request.userId()));
        }
        return model;
    }

    private static void describe(MatchNumbers match, Map<String, Object> model) {
        if (match.isTyped()) {
            model.put("typesNumber", true);
        } else {
            model.put("numbers", match.offered());
        }
    }

    private void describe(Map<String, Object> model) {
        model.put("secondsLeft", Math.max(0, request.expiresAt() - ServerClock.seconds()));
        model.put("requestTime", Timestamps.shown(request.createdAt(), texts.locale()));
        model.put("requestCode", request.code());
        request.bindingMessage().ifPresent(message -> model.put("bindingMessage", message));
        request.authorizationDetails()
                .map(asked -> new DetailsView(texts).of(asked))
                .map(details -> details.stream().map(ShownDetail::model).toList())
                .ifPresent(details -> model.put("details", details));
        ResourceView resources = new ResourceView(session, texts);
        request.resources()
                .map(asked -> resources.of(asked, client, user, request.scope()))
                .ifPresent(rows -> model.put("resources", rows));
        if (request.kind() != RequestKind.ONCE) {
            model.put("scopes", new ConsentList(session, client, user).of(request.scope(), texts));
        }
        Logo.of(session.getContext().getRealm(), client, request.policy())
                .ifPresent(logo -> model.put("appLogo", logo));
        texts.about(client.getDescription())
                .ifPresent(description -> model.put("appDescription", description));
        RequestContext context = request.context();
        context.place().ifPresent(place -> model.put("place", place));
        context.device().ifPresent(device -> model.put("device", device));
        context.address().ifPresent(address -> model.put("deviceAddress", address));
        model.put("otherDevice", Browser.of(session).isAnotherThanOf(request));
    }
}
