// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.mail.ReceivedMail;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of the mails that arrive, each by the number of its check or the id of its request. */
final class SoakLinks {
    private static final Pattern CHECKED = Pattern.compile("/transfers/(n[0-9]+)-");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<String, CompletableFuture<URI>> links = new ConcurrentHashMap<>();

    void arrived(ReceivedMail mail) {
        key(mail).ifPresent(key -> linkOf(key).complete(mail.magicLink()));
    }

    /** The link when its mail is there. */
    URI await(String key) throws Exception {
        return linkOf(key).get(40, TimeUnit.SECONDS);
    }

    private CompletableFuture<URI> linkOf(String key) {
        return links.computeIfAbsent(key, none -> new CompletableFuture<>());
    }

    /** The number of a check, or the id at the end of the mail. */
    private static Optional<String> key(ReceivedMail mail) {
        Matcher checked = CHECKED.matcher(mail.text());
        if (checked.find()) {
            return Optional.of(checked.group(1));
        }
        Matcher ids = ID.matcher(mail.text());
        String last = null;
        while (ids.find()) {
            last = ids.group();
        }
        return Optional.ofNullable(last);
    }
}
