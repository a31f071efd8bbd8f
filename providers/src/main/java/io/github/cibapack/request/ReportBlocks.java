// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.NumberedSlots;
import io.github.cibapack.time.ServerClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.models.KeycloakSession;

/**
 * The clients that may not ask a user for a while, because the user said "I did not start this" or
 * gave a number that the client does not show. How often the first can be said is limited, as
 * whoever holds the mail can say it; the second is a guess, and no guess is free.
 */
public final class ReportBlocks {

    /** Reports of one user that block within an hour, and blocks that a user has at a time. */
    private static final int MOST_REPORTS = 5;

    private static final int WINDOW_SECONDS = 3600;
    private static final String CLIENT = "client";
    private static final String UNTIL = "until";

    private final NumberedSlots slots;

    public ReportBlocks(KeycloakSession session) {
        this(new NumberedSlots(session));
    }

    ReportBlocks(NumberedSlots slots) {
        this.slots = slots;
    }

    public boolean isBlocked(String clientId, String userId) {
        return blockedFor(clientId, userId).isPresent();
    }

    /** For how many seconds a client may not ask a user; empty if it may. */
    public OptionalLong blockedFor(String clientId, String userId) {
        return slots.notes(block(clientId, userId))
                .map(blocked -> Long.parseLong(blocked.getOrDefault(UNTIL, "0")))
                .map(until -> Math.max(1, until - ServerClock.seconds()))
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Blocks a client for a user.
     *
     * @param because {@link Decision#REPORTED} or {@link Decision#WRONG_NUMBER}
     * @return false if the user has reported as often as may be for now: then a report blocks
     *     nothing; a wrong number always blocks
     */
    public boolean block(Decision because, String clientId, String userId, int minutes) {
        long seconds = minutes * 60L;
        Optional<String> report =
                slots.take(reports(userId), MOST_REPORTS, Math.max(WINDOW_SECONDS, seconds));
        if (report.isEmpty() && because != Decision.WRONG_NUMBER) {
            return false;
        }
        Map<String, String> blocked =
                Map.of(CLIENT, clientId, UNTIL, Long.toString(ServerClock.seconds() + seconds));
        slots.note(block(clientId, userId), seconds, blocked);
        // one without a place ends by itself: the user's list does not show it
        report.ifPresent(place -> slots.note(place, seconds, blocked));
        return true;
    }

    /** The clients that may not ask a user now, by their internal ids. */
    public List<String> of(String userId) {
        return slots.notes(reports(userId), MOST_REPORTS)
                .map(notes -> notes.get(CLIENT))
                .filter(clientId -> isBlocked(clientId, userId))
                .distinct()
                .toList();
    }

    public void unblock(String clientId, String userId) {
        slots.releaseNoted(block(clientId, userId));
    }

    private String reports(String userId) {
        return slots.counter("reports", userId);
    }

    private String block(String clientId, String userId) {
        return slots.counter("block", clientId, userId);
    }
}
