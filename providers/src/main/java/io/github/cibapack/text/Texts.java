// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/**
 * The texts of one theme in one language, realm overrides included. A text is data: its variables
 * <code>${name}</code> come from a closed list and are replaced literally, once; nothing in it is
 * evaluated. Escaping is the template's work, at the output.
 */
public final class Texts {

    private static final String OWN_KEYS = "ciba";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]+)}");
    private static final Pattern MESSAGE_KEY = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /** Embeddings, overrides and isolates: they would reorder the sentence around a name. */
    private static final Pattern BIDI_CONTROL =
            Pattern.compile("[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

    private final Locale locale;
    private final Properties messages;

    private Texts(Locale locale, Properties messages) {
        this.locale = locale;
        this.messages = messages;
    }

    /**
     * The texts of the realm's theme.
     *
     * @param type e-mail or login theme
     */
    public static Texts of(KeycloakSession session, Theme.Type type, Locale locale) {
        try {
            RealmModel realm = session.getContext().getRealm();
            return new Texts(
                    locale, session.theme().getTheme(type).getEnhancedMessages(realm, locale));
        } catch (IOException e) {
            throw new UncheckedIOException("Theme of the realm cannot be read", e);
        }
    }

    public Locale locale() {
        return locale;
    }

    /** {@code rtl} or {@code ltr}, for HTML. */
    public String direction() {
        return switch (locale.getLanguage()) {
            case "ar", "he", "iw", "fa", "ur" -> "rtl";
            default -> "ltr";
        };
    }

    /** All texts of the pack with their variables replaced, keyed as in the message bundles. */
    public Map<String, String> substituted(Map<String, String> variables) {
        Map<String, String> texts = new HashMap<>();
        for (String key : messages.stringPropertyNames()) {
            if (key.startsWith(OWN_KEYS)) {
                texts.put(key, substitute(messages.getProperty(key), variables));
            }
        }
        return texts;
    }

    /**
     * A text that may be a literal or a reference to a message, such as a consent text or a
     * client's name: <code>${key}</code> is looked up, anything else is returned as it is.
     */
    public String resolve(String textOrKey) {
        Matcher reference = MESSAGE_KEY.matcher(textOrKey);
        return reference.matches()
                ? messages.getProperty(reference.group(1), reference.group(1))
                : textOrKey;
    }

    /** The name by which people know a client: its name, else its id, on one line. */
    public String nameOf(ClientModel client) {
        return Optional.ofNullable(client.getName())
                .filter(name -> !name.isBlank())
                .map(this::resolve)
                .map(Texts::name)
                .orElseGet(() -> name(client.getClientId()));
    }

    /** A text without line breaks and control characters, fit for a header. */
    public static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll(" ").trim();
    }

    /** A name on one line that leaves the order of the sentence around it alone. */
    public static String name(String raw) {
        return oneLine(BIDI_CONTROL.matcher(raw).replaceAll(""));
    }

    static String substitute(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        variables.getOrDefault(match.group(1), "")));
    }
}
