// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.representations.IDToken;

/** Times for people, with the name of their zone. */
public final class Timestamps {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("z");

    private Timestamps() {}

    /**
     * Date and time of day in UTC, for readers whose zone the server does not know.
     *
     * @param seconds since the epoch
     */
    public static String format(long seconds, Locale locale) {
        return format(seconds, locale, UTC);
    }

    /**
     * Date and time of day in the language's own form.
     *
     * @param seconds since the epoch
     */
    public static String format(long seconds, Locale locale, ZoneId zone) {
        ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone);
        return TIME.withLocale(locale).format(time) + " " + nameOf(zone, locale, time);
    }

    private static String nameOf(ZoneId zone, Locale locale, ZonedDateTime time) {
        return zone.equals(UTC) ? zone.getId() : ZONE.withLocale(locale).format(time);
    }

    /**
     * A time on a page: the text, and the same for {@code datetime} of HTML's {@code time} (RFC
     * 3339). The browser puts it into the reader's zone; if it runs no scripts, the text in UTC
     * stays.
     */
    public static Map<String, String> shown(long seconds, Locale locale) {
        return Map.of(
                "text", format(seconds, locale),
                "machine", Instant.ofEpochSecond(seconds).toString());
    }

    /**
     * The zone that a user lives in, by the attribute {@code zoneinfo} (OpenID Connect Core §5.1);
     * UTC if it names none that the server knows.
     */
    public static ZoneId zoneOf(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(IDToken.ZONEINFO))
                .filter(zone -> ZoneRulesProvider.getAvailableZoneIds().contains(zone))
                .map(ZoneId::of)
                .orElse(UTC);
    }
}
