// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/** The texts as the pack ships them, whatever themes and realms have made of them. */
final class BuiltInTexts {
    private BuiltInTexts() {}

    /** The bundle of a language over the English one. */
    static Properties of(Locale locale) {
        Properties texts = new Properties();
        load(texts, "en");
        load(texts, locale.getLanguage());
        load(texts, locale.toString());
        return texts;
    }

    private static void load(Properties texts, String language) {
        String file = "/theme-resources/messages/messages_" + language + ".properties";
        try (InputStream bundle = BuiltInTexts.class.getResourceAsStream(file)) {
            if (bundle != null) {
                texts.load(new InputStreamReader(bundle, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The pack's own texts cannot be read", e);
        }
    }
}
