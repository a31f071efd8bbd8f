// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * The texts of a theme in one language with those of a realm over them. Keycloak copies the
 * thousand of them each time it is asked, so they are kept for as long as nobody changes them.
 *
 * @param all must not be changed
 * @param broken the keys of texts that cannot be used
 */
record ThemeTexts(Properties all, Set<String> broken) {
    private static final int MOST_KEPT = 100;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** By what they are made of, so that changed ones are others. */
    private static final Cache<Sources, ThemeTexts> KEPT =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterAccess(UNUSED).build();

    /**
     * What texts are made of.
     *
     * @param theme as long as it is kept, it is the same object
     * @param fallback the language that a realm shows in the place of a missing one; may be null
     * @param ofRealm the realm's own texts by language
     */
    private record Sources(
            Theme theme,
            Locale locale,
            String fallback,
            Map<String, Map<String, String>> ofRealm) {}

    static ThemeTexts of(KeycloakSession session, Theme.Type type, Locale locale) {
        RealmModel realm = session.getContext().getRealm();
        Theme theme = theme(session, type);
        if (!session.theme().isCacheEnabled()) {
            return read(theme, realm, locale);
        }
        return KEPT.get(
                new Sources(
                        theme,
                        locale,
                        realm.isInternationalizationEnabled() ? realm.getDefaultLocale() : null,
                        realm.getRealmLocalizationTexts()),
                sources -> read(theme, realm, locale));
    }

    private static Theme theme(KeycloakSession session, Theme.Type type) {
        try {
            return session.theme().getTheme(type);
        } catch (IOException e) {
            throw new UncheckedIOException("Theme of the realm cannot be read", e);
        }
    }

    private static ThemeTexts read(Theme theme, RealmModel realm, Locale locale) {
        try {
            return of(theme.getEnhancedMessages(realm, locale));
        } catch (IOException e) {
            throw new UncheckedIOException("Texts of the theme cannot be read", e);
        }
    }

    static ThemeTexts of(Properties all) {
        return new ThemeTexts(all, Texts.broken(all));
    }
}
