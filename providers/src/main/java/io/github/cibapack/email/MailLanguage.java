// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The language of a mail: the user's own, else the realm's default. The relying party's {@code
 * Accept-Language} says nothing about the reader and is ignored.
 */
final class MailLanguage {
    private MailLanguage() {}

    static Locale of(RealmModel realm, UserModel user) {
        if (!realm.isInternationalizationEnabled()) {
            return Locale.ENGLISH;
        }
        String own = user.getFirstAttribute(UserModel.LOCALE);
        boolean supported =
                own != null && realm.getSupportedLocalesStream().anyMatch(tag -> tag.equals(own));
        String tag = supported ? own : Optional.ofNullable(realm.getDefaultLocale()).orElse("en");
        return Locale.forLanguageTag(tag);
    }
}
