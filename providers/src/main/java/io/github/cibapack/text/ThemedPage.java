// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import freemarker.template.TemplateModelException;
import io.github.cibapack.links.ServerLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.KeycloakSanitizerMethod;
import org.keycloak.theme.Theme;
import org.keycloak.theme.beans.MessageFormatterMethod;
import org.keycloak.theme.freemarker.FreeMarkerProvider;

/**
 * A page of the realm's login theme, with what the frame of all pages needs. Keycloak's login forms
 * would look for identity providers, copy all texts and parse the theme's resources for each page,
 * which takes longer than the page itself, and can be used only while a request lasts.
 */
public final class ThemedPage {
    private static final String DARK_MODE = "darkMode";
    private static final String COMMON = "common/keycloak";

    private static final int MOST_TITLES = 1000;

    /** Sanitizing takes longer than all texts of a page. */
    private static final LoadingCache<String, String> SANITIZED =
            Caffeine.newBuilder().maximumSize(MOST_TITLES).build(ThemedPage::sanitized);

    private final KeycloakSession session;
    private final Texts texts;
    private final Theme theme;
    private final Map<String, Object> data = new HashMap<>();

    /**
     * @param texts of the login theme
     * @param variables of the texts; any text may name the realm besides
     * @param resources where Keycloak's themes are, as the browser sees it
     */
    public ThemedPage(
            KeycloakSession session, Texts texts, Map<String, String> variables, String resources) {
        this.session = session;
        this.texts = texts;
        this.theme = Themes.of(session, Theme.Type.LOGIN);
        putTexts(variables);
        putLook(resources);
    }

    private void putTexts(Map<String, String> variables) {
        RealmModel realm = session.getContext().getRealm();
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("realmName", RealmName.of(realm));
        data.put("text", texts.substituted(all));
        var msg = new MessageFormatterMethod(texts.locale(), texts.ofTheme());
        String realmName = RealmName.html(realm);
        data.put("realmNameHtml", realmName);
        data.put("titleHtml", SANITIZED.get(title(msg, realmName)));
        data.put("msg", msg);
        data.put("lang", texts.locale().toLanguageTag());
        data.put("dir", texts.direction());
        data.put("languages", List.of());
    }

    /** The realm's name alone, if an admin's text around it is no pattern. */
    private static String title(MessageFormatterMethod msg, String realmName) {
        try {
            return msg.exec(List.of("loginTitleHtml", realmName)).toString();
        } catch (TemplateModelException | IllegalArgumentException e) {
            return realmName;
        }
    }

    private static String sanitized(String html) throws TemplateModelException {
        return new KeycloakSanitizerMethod().exec(List.of(html)).toString();
    }

    private void putLook(String resources) {
        Properties properties = properties();
        data.put("properties", properties);
        data.put(
                DARK_MODE,
                "true".equals(properties.getProperty(DARK_MODE))
                        && session.getContext().getRealm().getAttribute(DARK_MODE, true));
        if (ServerLinks.here().have(() -> ThemeFiles.class)) {
            data.put("themeResources", ThemeFiles.of(session, theme, properties));
        }
        data.put(
                "url",
                Map.of(
                        "resourcesPath",
                        resources + "/login/" + theme.getName(),
                        "resourcesCommonPath",
                        resources + "/" + common(properties)));
    }

    /** As Keycloak does it: an empty property is none. */
    private static String common(Properties properties) {
        String named = properties.getProperty("common", "");
        return named.isEmpty() ? COMMON : named;
    }

    private Properties properties() {
        try {
            return theme.getProperties();
        } catch (IOException e) {
            throw new UncheckedIOException("Properties of the theme cannot be read", e);
        }
    }

    /**
     * What the template can use besides.
     *
     * @param value which FreeMarker reads
     */
    public ThemedPage with(String name, Object value) {
        data.put(name, value);
        return this;
    }

    /**
     * Renders the page. Keycloak adds {@code kcSanitize} to what the template is given.
     *
     * @param template of the login theme
     * @throws IllegalStateException if the template is missing or fails
     */
    public String render(String template) {
        try {
            return session.getProvider(FreeMarkerProvider.class)
                    .processTemplate(data, template, theme);
        } catch (FreeMarkerException e) {
            throw new IllegalStateException("The page cannot be rendered", e);
        }
    }
}
