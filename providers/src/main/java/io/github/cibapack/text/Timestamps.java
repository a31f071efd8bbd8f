// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Times for people. They are in UTC and say so, because the server does not know the reader's zone.
 */
public final class Timestamps {
    private Timestamps() {}

    /**
     * Date and time of day in the language's own form.
     *
     * @param seconds since the epoch
     */
    public static String format(long seconds, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.ofEpochSecond(seconds))
                + " UTC";
    }
}
