// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.evaluation;

import io.github.cibapack.onetime.check.GatewayCheck;
import io.github.cibapack.onetime.gateway.GatewayAnswer;
import io.github.cibapack.onetime.rule.OneTimeRule;
import io.github.cibapack.text.RealmName;
import io.github.cibapack.text.Texts;
import io.github.cibapack.text.Themes;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.KeycloakSanitizerMethod;
import org.keycloak.theme.Theme;
import org.keycloak.theme.beans.MessageFormatterMethod;
import org.keycloak.theme.freemarker.FreeMarkerProvider;

/**
 * What a browser shows in the place of the API's page, in the look of the approval page. It is on
 * the API's host, so styles and script have the server's whole address; and it may be made when the
 * check's own request has ended, so Keycloak's login forms, which read that, do not make it.
 */
final class GatewayPage {
    private static final String TEMPLATE = "ciba-gateway.ftl";
    private static final String HTML = "text/html";
    private static final String COMMON = "common/keycloak";

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
        try {
            Theme theme = Themes.of(session, Theme.Type.LOGIN);
            String page =
                    session.getProvider(FreeMarkerProvider.class)
                            .processTemplate(data(theme, model), TEMPLATE, theme);
            return GatewayAnswer.of(status.getStatusCode(), HTML, page)
                    .with("Content-Security-Policy", policy());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FreeMarkerException e) {
            throw new IllegalStateException("The page cannot be rendered", e);
        }
    }

    private Map<String, Object> data(Theme theme, Map<String, Object> model) throws IOException {
        Locale language = check.language();
        Texts texts = Texts.of(session, Theme.Type.LOGIN, language);
        Properties properties = theme.getProperties();
        String resources = Urls.themeRoot(server).toString();
        Map<String, Object> data = new HashMap<>();
        data.put("gateway", model);
        data.put(
                "text",
                texts.substituted(
                        Map.of("appName", appName(texts), "realmName", RealmName.of(realm))));
        data.put("properties", properties);
        data.put(
                "darkMode",
                "true".equals(properties.getProperty("darkMode"))
                        && realm.getAttribute("darkMode", true));
        data.put(
                "url",
                Map.of(
                        "resourcesPath",
                        resources + "/login/" + theme.getName(),
                        "resourcesCommonPath",
                        resources + "/" + properties.getProperty("common", COMMON)));
        data.put("realmNameHtml", RealmName.html(realm));
        data.put(
                "msg",
                new MessageFormatterMethod(language, theme.getEnhancedMessages(realm, language)));
        data.put("kcSanitize", new KeycloakSanitizerMethod());
        data.put("lang", language.toLanguageTag());
        data.put("dir", texts.direction());
        data.put("languages", List.of());
        return data;
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
