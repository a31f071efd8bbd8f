// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.approval;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.locale.LocaleUpdaterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The language of a page, and the others that the reader can choose. The choice comes as Keycloak's
 * own query parameter and counts only if the realm supports it.
 */
final class PageLanguage {
    private static final String PARAMETER = LocaleSelectorProvider.KC_LOCALE_PARAM;

    private static final int MOST_NAMES = 200;

    /** Each page has all of them, and Java looks them up in its tables of all languages. */
    private static final LoadingCache<Locale, String> NAMES =
            Caffeine.newBuilder().maximumSize(MOST_NAMES).build(PageLanguage::ownNameOf);

    /** A realm has the same for each page in one language. */
    private static final LoadingCache<Choice, List<Map<String, Object>>> CHOICES =
            Caffeine.newBuilder().maximumSize(MOST_NAMES).build(Choice::all);

    private final KeycloakSession session;
    private final RealmModel realm;

    /**
     * What a reader can choose.
     *
     * @param tags in the order of the page
     * @param current the language of the page
     */
    private record Choice(List<String> tags, String current) {
        List<Map<String, Object>> all() {
            return tags.stream()
                    .map(
                            tag ->
                                    Map.<String, Object>of(
                                            "tag",
                                            tag,
                                            "name",
                                            nameOf(Locale.forLanguageTag(tag)),
                                            "url",
                                            "?" + PARAMETER + "=" + tag,
                                            "current",
                                            tag.equals(current)))
                    .toList();
        }
    }

    PageLanguage(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The chosen language, else the one that Keycloak finds. */
    Locale resolve(UserModel user) {
        chosen().ifPresent(
                        tag -> {
                            session.setAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE, tag);
                            session.getProvider(LocaleUpdaterProvider.class)
                                    .updateLocaleCookie(tag);
                        });
        return session.getContext().resolveLocale(user);
    }

    /** The query that keeps the choice when the form is sent; empty if there is none. */
    String query() {
        return chosen().map(tag -> "?" + PARAMETER + "=" + tag).orElse("");
    }

    /**
     * The languages to choose from: tag, name in itself, link, and whether the page has it.
     *
     * @param shown the language of the page
     */
    List<Map<String, Object>> choices(Locale shown) {
        if (!realm.isInternationalizationEnabled()) {
            return List.of();
        }
        return CHOICES.get(
                new Choice(
                        realm.getSupportedLocalesStream().sorted().toList(),
                        shown.toLanguageTag()));
    }

    static String nameOf(Locale locale) {
        return NAMES.get(locale);
    }

    private static String ownNameOf(Locale locale) {
        String name = locale.getDisplayName(locale);
        int first = name.codePointAt(0);
        return Character.toString(first).toUpperCase(locale)
                + name.substring(Character.charCount(first));
    }

    private Optional<String> chosen() {
        String tag = session.getContext().getUri().getQueryParameters().getFirst(PARAMETER);
        boolean supported =
                tag != null
                        && realm.isInternationalizationEnabled()
                        && realm.getSupportedLocalesStream().anyMatch(tag::equals);
        return supported ? Optional.of(tag) : Optional.empty();
    }
}
