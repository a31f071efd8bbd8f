// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.text.RealmName;
import io.github.cibapack.text.Texts;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** What all pages share: Keycloak's login forms, the realm's theme, the language, the headers. */
final class PageFrame {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors"
                    + " 'none'";

    /** Under no-referrer a form's POST would send {@code Origin: null}. */
    private static final String REFERRER_POLICY = "same-origin";

    private final KeycloakSession session;
    private final PageLanguage language;

    PageFrame(KeycloakSession session) {
        this.session = session;
        this.language = new PageLanguage(session);
    }

    /**
     * The texts in the reader's language.
     *
     * @param user whose language counts if the reader has chosen none; may be null
     */
    Texts texts(UserModel user) {
        return Texts.of(session, Theme.Type.LOGIN, language.resolve(user));
    }

    /** Where a page's form goes: to the page itself, in the language chosen. */
    String actionUrl(String path) {
        return PageUris.page(session, path).getRawPath() + language.query();
    }

    /**
     * Renders a page.
     *
     * @param name under which the template finds the model
     * @param variables of the texts
     */
    Response render(
            String template,
            String name,
            Map<String, Object> model,
            Texts texts,
            Map<String, String> variables,
            UserModel user,
            Response.Status status) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        form.setUser(user);
        form.setStatus(status);
        // what Keycloak builds its language links from; its default, the request's path, fails as
        // a template where a broken link has braces in it
        form.setActionUri(PageUris.realm(session));
        form.setAttribute(name, model);
        form.setAttribute("text", texts.substituted(withRealm(variables)));
        form.setAttribute("realmNameHtml", RealmName.html(session.getContext().getRealm()));
        form.setAttribute("lang", texts.locale().toLanguageTag());
        form.setAttribute("dir", texts.direction());
        form.setAttribute("languageName", PageLanguage.nameOf(texts.locale()));
        form.setAttribute("languages", language.choices());
        setHeaders(form);
        return form.createForm(template);
    }

    /** Any text may name the realm, whatever else the page knows. */
    private Map<String, String> withRealm(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("realmName", RealmName.of(session.getContext().getRealm()));
        return all;
    }

    /**
     * Keycloak's own headers would overwrite the strict policy with the realm's looser one, so they
     * are switched off and all of them are set here.
     */
    private void setHeaders(LoginFormsProvider form) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        form.setResponseHeader("Content-Security-Policy", POLICY);
        form.setResponseHeader("Referrer-Policy", REFERRER_POLICY);
        form.setResponseHeader("Cache-Control", "no-store");
        form.setResponseHeader("X-Frame-Options", "DENY");
        form.setResponseHeader("X-Content-Type-Options", "nosniff");
        form.setResponseHeader("X-Robots-Tag", "none");
        BrowserSecurityHeaders sts = BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY;
        String value =
                session.getContext()
                        .getRealm()
                        .getBrowserSecurityHeaders()
                        .getOrDefault(sts.getKey(), sts.getDefaultValue());
        if (value != null && !value.isEmpty()) {
            form.setResponseHeader(sts.getHeaderName(), value);
        }
    }
}
