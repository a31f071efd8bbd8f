// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.store;

import io.github.cibapack.time.ServerClock;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

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

    private final RealmModel realm;
    private final SingleUseObjectProvider store;

    public ReportBlocks(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.store = session.singleUseObjects();
    }

    /** Whether a client may not ask a user now. */
    public boolean isBlocked(String clientId, String userId) {
        return blockedFor(clientId, userId).isPresent();
    }

    /** For how many seconds a client may not ask a user; nothing where it may. */
    public OptionalLong blockedFor(String clientId, String userId) {
        Map<String, String> blocked = store.get(key(clientId, userId));
        if (blocked == null) {
            return OptionalLong.empty();
        }
        long until = Long.parseLong(blocked.getOrDefault(UNTIL, "0"));
        return OptionalLong.of(Math.max(1, until - ServerClock.seconds()));
    }

    /**
     * Blocks a client for a user.
     *
     * @param because {@link Decision#REPORTED} or {@link Decision#WRONG_NUMBER}
     * @return false where the user has reported as often as may be for now: then a report blocks
     *     nothing; a wrong number always blocks
     */
    public boolean block(Decision because, String clientId, String userId, int minutes) {
        long seconds = minutes * 60L;
        OptionalInt report =
                IntStream.range(0, MOST_REPORTS)
                        .filter(
                                number ->
                                        store.putIfAbsent(
                                                reportKey(userId, number),
                                                Math.max(WINDOW_SECONDS, seconds)))
                        .findFirst();
        if (report.isEmpty() && because != Decision.WRONG_NUMBER) {
            return false;
        }
        Map<String, String> blocked =
                Map.of(CLIENT, clientId, UNTIL, Long.toString(ServerClock.seconds() + seconds));
        store.put(key(clientId, userId), seconds, blocked);
        // one without a place ends by itself: the user's list does not show it
        report.ifPresent(
                place -> store.put(reportKey(userId, place) + ".client", seconds, blocked));
        return true;
    }

    /** The clients that may not ask a user now, by their internal ids. */
    public List<String> of(String userId) {
        return IntStream.range(0, MOST_REPORTS)
                .mapToObj(number -> store.get(reportKey(userId, number) + ".client"))
                .filter(Objects::nonNull)
                .map(notes -> notes.get(CLIENT))
                .filter(clientId -> isBlocked(clientId, userId))
                .distinct()
                .toList();
    }

    /** Lets the client ask again. */
    public void unblock(String clientId, String userId) {
        store.remove(key(clientId, userId));
    }

    private String reportKey(String userId, int number) {
        return "ciba.report." + Hashes.sha256(realm.getId() + " " + userId) + "." + number;
    }

    private String key(String clientId, String userId) {
        return "ciba.blocked." + Hashes.sha256(realm.getId() + " " + clientId + " " + userId);
    }
}
