// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * The texts of a theme in one language with those of a realm over them. Keycloak copies the
 * thousand of them each time it is asked, so they are kept for as long as nobody changes them.
 *
 * @param all must not be changed
 * @param own the pack's own, each of which can be used
 * @param broken the keys of texts that cannot be used, in whose place are the built-in ones
 * @param ofKinds the pack's own with those of a kind in the place of the usual ones, by ending
 */
record ThemeTexts(
        Properties all,
        Map<String, String> own,
        Set<String> broken,
        Map<String, Map<String, String>> ofKinds) {
    private static final String OWN_KEYS = "ciba";
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
        Theme theme = Themes.of(session, type);
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

    private static ThemeTexts read(Theme theme, RealmModel realm, Locale locale) {
        try {
            return of(theme.getEnhancedMessages(realm, locale), locale);
        } catch (IOException e) {
            throw new UncheckedIOException("Texts of the theme cannot be read", e);
        }
    }

    static ThemeTexts of(Properties all, Locale locale) {
        Map<String, String> own = new HashMap<>();
        Set<String> broken = new TreeSet<>();
        all.forEach(
                (key, text) -> {
                    if (key.toString().startsWith(OWN_KEYS)) {
                        own.put(key.toString(), text.toString());
                        if (!Texts.isWellFormed(text.toString())) {
                            broken.add(key.toString());
                        }
                    }
                });
        if (!broken.isEmpty()) {
            Properties builtIn = BuiltInTexts.of(locale);
            broken.forEach(key -> own.put(key, builtIn.getProperty(key, "")));
        }
        return new ThemeTexts(
                all,
                Collections.unmodifiableMap(own),
                Collections.unmodifiableSet(broken),
                new ConcurrentHashMap<>());
    }

    /**
     * The pack's own texts of a kind of request: the text {@code key.kind} in the place of {@code
     * key}, if there is one.
     *
     * @param ending of the keys that the kind has of its own
     */
    Map<String, String> ofKind(String ending) {
        return ofKinds.computeIfAbsent(
                ending,
                any -> {
                    Map<String, String> texts = new HashMap<>(own);
                    own.forEach(
                            (key, text) -> {
                                if (key.endsWith(ending)) {
                                    texts.put(
                                            key.substring(0, key.length() - ending.length()), text);
                                }
                            });
                    return Collections.unmodifiableMap(texts);
                });
    }
}
