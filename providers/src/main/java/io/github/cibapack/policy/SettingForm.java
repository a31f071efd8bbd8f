// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * How the value of a setting is written, and what it means.
 *
 * @param type the field of the admin console
 * @param range the allowed values, in words
 * @param options what the console offers; empty if anything can be written
 * @param parser makes sense of all values, of which there is at least one; throws {@link
 *     IllegalArgumentException} with the rule that is broken
 */
public record SettingForm<T>(
        String type, String range, List<String> options, Function<List<String>, T> parser) {
    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,2000}");
    private static final String URL_RANGE = "an http or https URL";

    /**
     * One value.
     *
     * @param parser throws {@link IllegalArgumentException} with the rule that is broken
     */
    static <T> SettingForm<T> ofOne(String type, String range, Function<String, T> parser) {
        return new SettingForm<>(type, range, List.of(), values -> parser.apply(values.get(0)));
    }

    /**
     * Several lines.
     *
     * @param parser throws {@link IllegalArgumentException} with the rule that is broken
     */
    public static <T> SettingForm<T> lines(String range, Function<List<String>, T> parser) {
        return new SettingForm<>(
                ProviderConfigProperty.MULTIVALUED_STRING_TYPE, range, List.of(), parser);
    }

    /** The same, for a setting that may be left out. */
    SettingForm<Optional<T>> optional() {
        return new SettingForm<>(type, range, options, parser.andThen(Optional::of));
    }

    /** A whole number between two bounds, both included. */
    public static SettingForm<Integer> integer(int least, int most) {
        return integer(least, most, least + "–" + most);
    }

    /** A whole number between two bounds that further rules narrow, with the range in words. */
    static SettingForm<Integer> integer(int least, int most, String range) {
        return ofOne(
                ProviderConfigProperty.INTEGER_TYPE,
                range,
                text -> wholeNumber(text, least, most, range));
    }

    public static SettingForm<Boolean> flag() {
        return ofOne(
                ProviderConfigProperty.BOOLEAN_TYPE,
                "true, false",
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException("must be true or false");
                        });
    }

    /** One of a closed list, given by an enum whose constants are written in lower case. */
    public static <E extends Enum<E>> SettingForm<E> choice(Class<E> type) {
        return choice(Words.of(type), Map.of());
    }

    /**
     * The same for a setting that once had other values.
     *
     * @param earlier what those mean; they are read and never offered
     */
    static <E extends Enum<E>> SettingForm<E> choice(Class<E> type, Map<String, E> earlier) {
        return choice(Words.of(type), earlier);
    }

    private static <E> SettingForm<E> choice(Words<E> words, Map<String, E> earlier) {
        return new SettingForm<>(
                ProviderConfigProperty.LIST_TYPE,
                words.toString(),
                words.all(),
                values ->
                        Optional.ofNullable(earlier.get(values.get(0)))
                                .orElseGet(() -> words.meaning(values.get(0))));
    }

    /** One of a closed list, or nothing, which the console offers first. */
    static SettingForm<String> choiceOrNone(List<String> texts) {
        SettingForm<String> form = choice(Words.of(texts, text -> text), Map.of());
        List<String> offered = Stream.concat(Stream.of(""), texts.stream()).toList();
        return new SettingForm<>(form.type(), form.range(), offered, form.parser());
    }

    /** Several of a closed list, in an order that Keycloak keeps within one value only. */
    static <E> SettingForm<List<E>> sequence(Words<E> words) {
        return new SettingForm<>(
                ProviderConfigProperty.STRING_TYPE,
                "of " + words + "; comma-separated",
                List.of(),
                values -> {
                    if (values.size() > 1) {
                        throw new IllegalArgumentException(
                                "must be one value, separated by commas");
                    }
                    return words.meanings(values);
                });
    }

    /** Some of a closed list, whose order means nothing. */
    static <E extends Enum<E>> SettingForm<List<E>> anyOf(Class<E> type) {
        Words<E> words = Words.of(type);
        return new SettingForm<>(
                ProviderConfigProperty.MULTIVALUED_LIST_TYPE,
                "of " + words,
                words.all(),
                values -> words.meanings(values).stream().sorted().toList());
    }

    /** A free text with a pattern. */
    public static SettingForm<String> text(String pattern, String range) {
        return text(Pattern.compile(pattern), range);
    }

    static SettingForm<String> text(Pattern pattern, String range) {
        return ofOne(
                ProviderConfigProperty.STRING_TYPE,
                range,
                text -> {
                    if (!pattern.matcher(text).matches()) {
                        throw new IllegalArgumentException("must be " + range);
                    }
                    return text;
                });
    }

    /** An address that the server calls. */
    public static SettingForm<String> url() {
        return text(URL, URL_RANGE);
    }

    boolean isUrl() {
        return URL_RANGE.equals(range);
    }

    /** A free text that the admin API never shows again. */
    public static SettingForm<String> secret(int shortest) {
        String range = "at least " + shortest + " characters";
        return ofOne(
                ProviderConfigProperty.PASSWORD,
                range,
                text -> {
                    if (text.length() < shortest) {
                        throw new IllegalArgumentException("must have " + range);
                    }
                    return text;
                });
    }

    static Integer wholeNumber(String text, int least, int most, String range) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message that fits both
        }
        throw new IllegalArgumentException("must be a whole number, " + range);
    }
}
