// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.ThemedPage;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.Theme;

/**
 * What a browser shows in the place of the API's page, in the look of the approval page. It is on
 * the API's host, so styles and script have the server's whole address; and it may be made when the
 * check's own request has ended.
 */
final class GatewayPage {
    private static final String TEMPLATE = "ciba-gateway.ftl";
    private static final String HTML = "text/html";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final OneTimeRule rule;
    private final GatewayCheck check;
    private final URI server;

    GatewayPage(KeycloakSession session, OneTimeRule rule, GatewayCheck check) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.rule = rule;
        this.check = check;
        String issuer = check.issuer();
        this.server = URI.create(issuer.substring(0, issuer.lastIndexOf("/realms/") + 1));
    }

    /**
     * While the user decides: the page looks at the transaction's status and then loads itself
     * anew, with the transaction in a cookie, and so becomes the page that was asked for. Without
     * scripts it loads itself anew all the time.
     *
     * @param status where the transaction's status is
     */
    GatewayAnswer waiting(String status, int interval, long secondsLeft) {
        return answer(
                Status.UNAUTHORIZED,
                Map.of(
                        "state", "waiting",
                        "message", check.message(),
                        "statusUrl", status,
                        "interval", interval,
                        "secondsLeft", secondsLeft));
    }

    /** Why the request does not pass. */
    GatewayAnswer rejected(RejectionReason why) {
        return answer(Status.FORBIDDEN, Map.of("state", why.name().toLowerCase(Locale.ROOT)));
    }

    private GatewayAnswer answer(Status status, Map<String, Object> model) {
        Texts texts = Texts.of(session, Theme.Type.LOGIN, check.language());
        String page =
                new ThemedPage(
                                session,
                                texts,
                                Map.of("appName", appName(texts)),
                                Urls.themeRoot(server).toString())
                        .with("gateway", model)
                        .render(TEMPLATE);
        return GatewayAnswer.of(status.getStatusCode(), HTML, page)
                .with("Content-Security-Policy", policy());
    }

    /** A client of another token provider is not known here. */
    private String appName(Texts texts) {
        Optional<ClientModel> client =
                rule.usesRemoteProvider()
                        ? Optional.empty()
                        : Optional.ofNullable(realm.getClientByClientId(rule.clientId()));
        return client.map(texts::nameOf).orElseGet(() -> Texts.name(rule.clientId()));
    }

    private String policy() {
        String origin = server.getScheme() + "://" + server.getRawAuthority();
        return ("default-src 'none'; script-src %1$s; style-src %1$s; img-src %1$s data:; font-src"
                        + " %1$s data:; connect-src %1$s; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'")
                .formatted(origin);
    }
}
