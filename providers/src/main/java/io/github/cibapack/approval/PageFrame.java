// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import io.github.cibapack.text.Texts;
import io.github.cibapack.text.ThemedPage;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.Theme;
import org.keycloak.utils.MediaType;

/** What all pages share: the language, what each template is given, the headers. */
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
            Response.Status status) {
        String page =
                new ThemedPage(session, texts, variables, resources())
                        .with(name, model)
                        .with("languageName", PageLanguage.nameOf(texts.locale()))
                        .with("languages", language.choices(texts.locale()))
                        .render(template);
        return withHeaders(
                        Response.status(status)
                                .type(MediaType.TEXT_HTML_UTF_8_TYPE)
                                .language(texts.locale())
                                .entity(page))
                .build();
    }

    private String resources() {
        return Urls.themeRoot(session.getContext().getUri().getBaseUri()).getPath();
    }

    /**
     * Keycloak's own headers would overwrite the strict policy with the realm's looser one, so they
     * are switched off and all of them are set here.
     */
    private Response.ResponseBuilder withHeaders(Response.ResponseBuilder answer) {
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        answer.header("Content-Security-Policy", POLICY);
        answer.header("Referrer-Policy", REFERRER_POLICY);
        answer.header("Cache-Control", "no-store");
        answer.header("X-Frame-Options", "DENY");
        answer.header("X-Content-Type-Options", "nosniff");
        answer.header("X-Robots-Tag", "none");
        BrowserSecurityHeaders sts = BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY;
        String value =
                session.getContext()
                        .getRealm()
                        .getBrowserSecurityHeaders()
                        .getOrDefault(sts.getKey(), sts.getDefaultValue());
        if (value != null && !value.isEmpty()) {
            answer.header(sts.getHeaderName(), value);
        }
        return answer;
    }
}
