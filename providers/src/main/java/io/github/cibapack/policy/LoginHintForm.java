// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.keycloak.models.RealmModel;

/** The ways in which a {@code login_hint} may name a user. */
public enum LoginHintForm implements ProtocolName {
    USERNAME,
    EMAIL,
    ID,
    ISS_SUB,
    OPAQUE,
    PHONE_NUMBER,
    ACCOUNT;

    /** Realm attribute: the accepted forms, separated by commas. */
    public static final String REALM_ATTRIBUTE = "ciba.login-hint.forms";

    static final Set<LoginHintForm> DEFAULT =
            Collections.unmodifiableSet(EnumSet.of(USERNAME, EMAIL));

    /**
     * The forms that a realm accepts.
     *
     * @throws InvalidSettingException if the setting has a word that is no form
     */
    public static Set<LoginHintForm> acceptedBy(RealmModel realm) {
        String setting = realm.getAttribute(REALM_ATTRIBUTE);
        if (setting == null || setting.isBlank()) {
            return DEFAULT;
        }
        Words<LoginHintForm> words = Words.of(LoginHintForm.class);
        Set<LoginHintForm> forms = EnumSet.noneOf(LoginHintForm.class);
        try {
            for (String word : setting.trim().toLowerCase(Locale.ROOT).split("[,\\s]+", 0)) {
                forms.add(words.meaning(word));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(REALM_ATTRIBUTE, "must be a list of " + words);
        }
        return forms;
    }
}
