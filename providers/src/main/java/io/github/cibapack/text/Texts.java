// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.text.MessageFormat;
import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

/**
 * The texts of one theme in one language, with the realm's overrides. A text is data: its variables
 * <code>${name}</code> come from a closed list and are replaced literally, once; nothing is
 * evaluated. The template escapes the result.
 */
public final class Texts {

    /** All variables that a text may use; which of them have a value depends on the text. */
    public static final Set<String> VARIABLES =
            Set.of(
                    """
                    apiName appName callerName magicLink inboxLink bindingMessage authReqId
                    expiresInMinutes timeLeft expiryTime requestCode requestTime requestOrigin
                    userName realmName blockMinutes blockTime locale requestedScope
                    requestingApplicationId requestingApplicationName
                    requestingApplicationLogoUrl authUserBindingMessage
                    """
                            .split("\\s+", 0));

    private static final String OPENING = "${";

    private static final int MOST_PHRASES = 1000;

    private static final LoadingCache<Phrase, String> PHRASES =
            Caffeine.newBuilder().maximumSize(MOST_PHRASES).build(Phrase::text);

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /** Typography in translations, for example a no-break space before a question mark. */
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /**
     * The longest name that is shown whole, in code points: one more than Keycloak's database
     * allows.
     */
    private static final int LONGEST_NAME = 256;

    /** The longest text about an application or a scope that is shown whole, in code points. */
    private static final int LONGEST_TEXT = 4000;

    private final Locale locale;

    private final ThemeTexts themed;

    /** The pack's own texts, of a kind of request or the usual ones; each can be used. */
    private final Map<String, String> own;

    private Texts(Locale locale, ThemeTexts themed, Map<String, String> own) {
        this.locale = locale;
        this.themed = themed;
        this.own = own;
    }

    private static Texts of(Locale locale, ThemeTexts themed) {
        return new Texts(locale, themed, themed.own());
    }

    public static Texts builtIn(Locale locale) {
        return of(locale, ThemeTexts.of(BuiltInTexts.of(locale), locale));
    }

    /**
     * The texts of the realm's theme.
     *
     * @param type e-mail or login theme
     */
    public static Texts of(KeycloakSession session, Theme.Type type, Locale locale) {
        return of(locale, ThemeTexts.of(session, type, locale));
    }

    /**
     * The same texts with those of a kind of request in the place of the usual ones: the text
     * {@code key.kind} in the place of {@code key}, if there is one.
     *
     * @param kind the ending of their keys
     */
    public Texts of(String kind) {
        return new Texts(locale, themed, themed.ofKind("." + kind));
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

    /**
     * All texts of the pack with their variables replaced, by message key. A text with an unknown
     * variable is replaced by the pack's own: a typo of an admin must not break a request.
     *
     * @param variables must not be changed any more
     */
    public Map<String, String> substituted(Map<String, String> variables) {
        return new Substituted(variables);
    }

    /** Of hundreds of texts a page shows a few, so each is made when it is asked for. */
    private final class Substituted extends AbstractMap<String, String> {
        private final Map<String, String> variables;

        Substituted(Map<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public String get(Object key) {
            String text = own.get(key);
            return text == null ? null : substitute(text, variables);
        }

        @Override
        public boolean containsKey(Object key) {
            return own.containsKey(key);
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            return own.keySet().stream()
                    .map(key -> Map.entry(key, get(key)))
                    .collect(Collectors.toSet());
        }
    }

    /** All texts of the theme, as its author and the realm have them; must not be changed. */
    public Properties ofTheme() {
        return themed.all();
    }

    /** The keys of texts that use an unknown variable. */
    public Set<String> broken() {
        return themed.broken();
    }

    /** Whether each opening of a variable is followed by a known name and its end. */
    static boolean isWellFormed(String text) {
        int opening = text.indexOf(OPENING);
        while (opening >= 0) {
            int end = text.indexOf('}', opening);
            if (end < 0 || !VARIABLES.contains(text.substring(opening + OPENING.length(), end))) {
                return false;
            }
            opening = text.indexOf(OPENING, end);
        }
        return true;
    }

    private String message(String key) {
        String text = own.get(key);
        return text == null ? themed.all().getProperty(key, key) : text;
    }

    /**
     * A text that may be a literal or a reference to a message, such as a consent text or a
     * client's name: <code>${key}</code> is looked up, anything else is returned as it is. As on
     * Keycloak's own pages, a message, and any text with arguments, is a {@link MessageFormat}.
     *
     * @param arguments for the placeholders <code>{0}</code> and so on; inserted as they are
     */
    public String resolve(String textOrKey, Object... arguments) {
        int last = textOrKey.length() - 1;
        if (textOrKey.startsWith(OPENING)
                && textOrKey.indexOf('}') == last
                && last > OPENING.length()) {
            String key = textOrKey.substring(OPENING.length(), last);
            String pattern = BLANKS.matcher(message(key)).replaceAll(" ").trim();
            return format(pattern, arguments);
        }
        return arguments.length == 0 ? textOrKey : format(textOrKey, arguments);
    }

    /**
     * A broken pattern of an admin must not break the page: the text is then shown as it is stored.
     */
    private String format(String pattern, Object... arguments) {
        try {
            return new MessageFormat(pattern, locale).format(arguments);
        } catch (IllegalArgumentException e) {
            return pattern;
        }
    }

    /**
     * A text of the pack's own that a realm may have or not.
     *
     * @return empty if there is none, or it cannot be used
     */
    public Optional<String> find(String key) {
        return Optional.ofNullable(own.get(key))
                .map(text -> BLANKS.matcher(substitute(text, Map.of())).replaceAll(" ").trim())
                .flatMap(Texts::shown);
    }

    /** A length of time in words, in the plural form of its number. */
    public String timeSpan(long seconds) {
        return words(TimeSpan.of(seconds));
    }

    String words(TimeSpan span) {
        return PHRASES.get(new Phrase(message(span.key()), span.number()));
    }

    /** A number in words: reading their forms takes Java longer than all other texts of a mail. */
    private record Phrase(String forms, long number) {
        private String text() {
            // digits as in all other numbers of the pages
            return new MessageFormat(forms, Locale.ROOT).format(new Object[] {number});
        }
    }

    /** The name by which people know a client: its name, else its id. */
    public String nameOf(ClientModel client) {
        return Optional.ofNullable(client.getName())
                .map(name -> resolve(name))
                .flatMap(name -> VisibleText.of(name, LONGEST_NAME))
                .orElseGet(() -> name(client.getClientId()));
    }

    /**
     * The description of a client or a scope by an admin.
     *
     * @param textOrKey may be null
     * @return empty if there is nothing to see
     */
    public Optional<String> about(String textOrKey) {
        return Optional.ofNullable(textOrKey).map(text -> resolve(text)).flatMap(Texts::shown);
    }

    /**
     * A description of a client or a scope, with invisible characters made visible.
     *
     * @return empty if there is nothing to see
     */
    public static Optional<String> shown(String text) {
        return VisibleText.of(text, LONGEST_TEXT);
    }

    /** A text without line breaks and control characters, for a header. */
    public static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll(" ").trim();
    }

    /** A name, with invisible characters made visible. */
    public static String name(String raw) {
        return VisibleText.of(raw, LONGEST_NAME).orElse("");
    }

    /** Puts values into a well-formed text: nothing in them is a variable again. */
    static String substitute(String text, Map<String, String> variables) {
        int opening = text.indexOf(OPENING);
        if (opening < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        int from = 0;
        while (opening >= 0) {
            int end = text.indexOf('}', opening);
            String name = text.substring(opening + OPENING.length(), end);
            filled.append(text, from, opening).append(variables.getOrDefault(name, ""));
            from = end + 1;
            opening = text.indexOf(OPENING, from);
        }
        return filled.append(text, from, text.length()).toString();
    }
}
