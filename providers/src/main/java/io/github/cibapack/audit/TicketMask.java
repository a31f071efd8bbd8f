// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.audit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Keeps tickets out of the labels of metrics. The server labels its HTTP metrics with the path of a
 * request, where it knows no template of it: a link that was refused before the page was reached is
 * still good, and could be read from {@code /metrics}. The server's metrics find the filter by its
 * type.
 */
@Singleton
public final class TicketMask implements MeterFilter {

    /** What follows the page's path, and whatever has the form of a ticket elsewhere. */
    private static final Pattern TICKET =
            Pattern.compile("(?<=/ciba/approve/).+|(?<![\\w-])[\\w-]{43}(?![\\w-])");

    private static final String MASK = "{ticket}";

    /** The label with the path; other labels are left alone. */
    private static final String PATH = "uri";

    /** Made by the server, once. */
    public TicketMask() {}

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getTag(PATH);
        return path != null && TICKET.matcher(path).find()
                ? id.withTag(Tag.of(PATH, mask(path)))
                : id;
    }

    static String mask(String label) {
        return TICKET.matcher(label).replaceAll(MASK);
    }
}
