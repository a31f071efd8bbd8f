// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The language of a mail: the realm's one that is nearest to the user's own, else the realm's
 * default. The relying party's {@code Accept-Language} says nothing about the reader and is
 * ignored.
 */
public final class MailLanguage {
    private MailLanguage() {}

    public static Locale of(RealmModel realm, UserModel user) {
        if (!realm.isInternationalizationEnabled()) {
            return Locale.ENGLISH;
        }
        return Optional.ofNullable(user.getFirstAttribute(UserModel.LOCALE))
                .map(Locale::forLanguageTag)
                .flatMap(own -> nearest(realm, own))
                .or(() -> Optional.ofNullable(realm.getDefaultLocale()).map(Locale::forLanguageTag))
                .orElse(Locale.ENGLISH);
    }

    /** By Keycloak's rule: the same language, and of two countries the same one. */
    private static Optional<Locale> nearest(RealmModel realm, Locale own) {
        return realm.getSupportedLocalesStream()
                .sorted()
                .map(Locale::forLanguageTag)
                .filter(one -> one.getLanguage().equals(own.getLanguage()))
                .filter(one -> isWithin(one.getCountry(), own.getCountry()))
                .min(Comparator.comparing(one -> !one.getCountry().equals(own.getCountry())));
    }

    private static boolean isWithin(String country, String own) {
        return country.isEmpty() || own.isEmpty() || country.equals(own);
    }
}
