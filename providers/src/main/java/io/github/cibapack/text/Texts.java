// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
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
                    "apiName",
                    "appName",
                    "callerName",
                    "magicLink",
                    "inboxLink",
                    "bindingMessage",
                    "authReqId",
                    "expiresInMinutes",
                    "timeLeft",
                    "expiryTime",
                    "requestCode",
                    "requestTime",
                    "requestOrigin",
                    "userName",
                    "realmName",
                    "blockMinutes",
                    "blockTime",
                    "locale",
                    "requestedScope",
                    "requestingApplicationId",
                    "requestingApplicationName",
                    "requestingApplicationLogoUrl",
                    "authUserBindingMessage");

    private static final String OWN_KEYS = "ciba";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private static final String OPENING = "${";

    private static final Pattern MESSAGE_KEY = Pattern.compile("\\$\\{([^}]+)}");
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

    /** All of the theme. */
    private final Properties messages;

    /** The pack's own, in the words of the kind of request. */
    private final Map<String, String> own;

    private Texts(Locale locale, Properties messages, Map<String, String> own) {
        this.locale = locale;
        this.messages = messages;
        this.own = own;
    }

    private static Texts of(Locale locale, Properties messages) {
        Map<String, String> own = new HashMap<>();
        messages.forEach(
                (key, text) -> {
                    if (key instanceof String name && name.startsWith(OWN_KEYS)) {
                        own.put(name, text.toString());
                    }
                });
        return new Texts(locale, messages, own);
    }

    public static Texts builtIn(Locale locale) {
        return of(locale, BuiltInTexts.of(locale));
    }

    /**
     * The texts of the realm's theme.
     *
     * @param type e-mail or login theme
     */
    public static Texts of(KeycloakSession session, Theme.Type type, Locale locale) {
        try {
            RealmModel realm = session.getContext().getRealm();
            return of(locale, session.theme().getTheme(type).getEnhancedMessages(realm, locale));
        } catch (IOException e) {
            throw new UncheckedIOException("Theme of the realm cannot be read", e);
        }
    }

    /**
     * The same texts with those of a kind of request in the place of the usual ones: the text
     * {@code key.kind} in the place of {@code key}, where there is one.
     *
     * @param kind the ending of their keys
     */
    public Texts of(String kind) {
        String ending = "." + kind;
        Map<String, String> ofKind = new HashMap<>(own);
        own.forEach(
                (key, text) -> {
                    if (key.endsWith(ending)) {
                        ofKind.put(
                                key.substring(0, key.length() - ending.length()),
                                isWellFormed(text)
                                        ? text
                                        : BuiltInTexts.of(locale).getProperty(key, ""));
                    }
                });
        return new Texts(locale, messages, ofKind);
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
     */
    public Map<String, String> substituted(Map<String, String> variables) {
        Set<String> broken = broken();
        Properties shipped = broken.isEmpty() ? new Properties() : BuiltInTexts.of(locale);
        Map<String, String> texts = new HashMap<>(own);
        texts.replaceAll(
                (key, text) ->
                        substitute(
                                broken.contains(key) ? shipped.getProperty(key, "") : text,
                                variables));
        return texts;
    }

    /** The keys of texts that use an unknown variable. */
    public Set<String> broken() {
        return own.entrySet().stream()
                .filter(text -> !isWellFormed(text.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
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

    private String message(String key, String otherwise) {
        String text = own.get(key);
        return text == null ? messages.getProperty(key, otherwise) : text;
    }

    /**
     * A text that may be a literal or a reference to a message, such as a consent text or a
     * client's name: <code>${key}</code> is looked up, anything else is returned as it is. As on
     * Keycloak's own pages, a message, and any text with arguments, is a {@link MessageFormat}.
     *
     * @param arguments for the placeholders <code>{0}</code> and so on; inserted as they are
     */
    public String resolve(String textOrKey, Object... arguments) {
        Matcher reference = MESSAGE_KEY.matcher(textOrKey);
        if (reference.matches()) {
            String key = reference.group(1);
            String pattern = BLANKS.matcher(message(key, key)).replaceAll(" ").trim();
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
     * A text that a realm may have or not.
     *
     * @return empty if there is none, or it cannot be used
     */
    public Optional<String> find(String key) {
        return Optional.ofNullable(message(key, null))
                .filter(Texts::isWellFormed)
                .map(text -> BLANKS.matcher(substitute(text, Map.of())).replaceAll(" ").trim())
                .flatMap(Texts::shown);
    }

    /** A length of time in words, in the plural form of its number. */
    public String timeSpan(long seconds) {
        return words(TimeSpan.of(seconds));
    }

    String words(TimeSpan span) {
        // digits as in all other numbers of the pages
        return new MessageFormat(message(span.key(), span.key()), Locale.ROOT)
                .format(new Object[] {span.number()});
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
     * @return empty where there is nothing to see
     */
    public Optional<String> about(String textOrKey) {
        return Optional.ofNullable(textOrKey).map(text -> resolve(text)).flatMap(Texts::shown);
    }

    /**
     * A description of a client or a scope, with invisible characters made visible.
     *
     * @return empty where there is nothing to see
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

    static String substitute(String text, Map<String, String> variables) {
        if (!text.contains(OPENING)) {
            return text;
        }
        return VARIABLE.matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        variables.getOrDefault(match.group(1), "")));
    }
}
