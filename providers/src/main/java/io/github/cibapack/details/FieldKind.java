// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.details;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a field is shown. What is not of its kind is not formatted, and stands among the rest as it
 * was sent: a format changes how a value looks and never what it says.
 */
enum FieldKind {
    TEXT,
    /** An object of an amount and a currency (ISO 4217). */
    MONEY,
    /** In groups of four (ISO 13616). */
    IBAN,
    /** A day (RFC 3339 full-date). */
    DATE,
    /** The parts of an address, one below the other. */
    ADDRESS;

    /** Of ISO 20022 and OpenID Connect Core §5.1.1, and the usual short forms. */
    private static final Set<String> PARTS_OF_ADDRESS =
            Set.of(
                    """
                    addressLine buildingName buildingNumber city country countrySubDivision
                    department district floor formatted locality postBox postCode postalCode
                    postal_code region room street streetName street_address subDepartment town
                    townName zip
                    """
                            .split("\\s+", 0));

    private static final Pattern AMOUNT = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
    private static final Pattern FOUR = Pattern.compile("(.{4})(?=.)");
    private static final Pattern DAY = Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}");

    /** By its name in a template; a text if there is no such kind. */
    static FieldKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElse(TEXT);
    }

    /** The lines that show a value; empty if it is not of this kind. */
    Optional<List<String>> lines(JsonNode value, ScalarText scalars, Locale locale) {
        return switch (this) {
            case TEXT -> scalars.linesOf(value);
            case MONEY -> money(value, locale).map(List::of);
            case IBAN -> text(value, ACCOUNT).map(iban -> List.of(grouped(iban)));
            case DATE -> text(value, DAY).flatMap(day -> date(day, locale)).map(List::of);
            case ADDRESS -> address(value);
        };
    }

    private static Optional<String> text(JsonNode value, Pattern form) {
        return Optional.of(value)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> form.matcher(text).matches());
    }

    private static Optional<String> money(JsonNode value, Locale locale) {
        JsonNode sent = value.path("amount");
        Optional<String> amount =
                sent.isNumber()
                        ? Optional.of(sent.decimalValue().toPlainString())
                                .filter(plain -> AMOUNT.matcher(plain).matches())
                        : text(sent, AMOUNT);
        Optional<String> currency = text(value.path("currency"), CURRENCY);
        return value.size() == 2 && amount.isPresent() && currency.isPresent()
                ? Optional.of(grouped(new BigDecimal(amount.get()), locale) + " " + currency.get())
                : Optional.empty();
    }

    /** With all decimals that were sent; the currency by its code, as a $ may be of many. */
    private static String grouped(BigDecimal amount, Locale locale) {
        DecimalFormat format =
                new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(latin(locale)));
        format.setMinimumFractionDigits(amount.scale());
        format.setMaximumFractionDigits(amount.scale());
        return format.format(amount);
    }

    private static String grouped(String iban) {
        return FOUR.matcher(iban).replaceAll("$1 ");
    }

    private static Optional<String> date(String day, Locale locale) {
        try {
            return Optional.of(
                    DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                            .localizedBy(latin(locale))
                            .format(LocalDate.parse(day)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Digits as in all other numbers of the pages. */
    private static Locale latin(Locale locale) {
        return new Locale.Builder()
                .setLocale(locale)
                .clearExtensions()
                .setUnicodeLocaleKeyword("nu", "latn")
                .build();
    }

    /** Texts alone, in parts whose names go without saying: all else is shown with its names. */
    private static Optional<List<String>> address(JsonNode value) {
        List<String> lines = new ArrayList<>();
        for (JsonNode part : value.isTextual() ? List.of(value) : value) {
            if (!part.isTextual()) {
                return Optional.empty();
            }
            lines.add(part.textValue());
        }
        boolean known =
                value.properties().stream()
                        .map(Map.Entry::getKey)
                        .allMatch(PARTS_OF_ADDRESS::contains);
        return known && !lines.isEmpty() ? Optional.of(lines) : Optional.empty();
    }
}
