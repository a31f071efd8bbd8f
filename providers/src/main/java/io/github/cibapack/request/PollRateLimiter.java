// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import io.github.cibapack.store.Entries;
import io.github.cibapack.time.ServerClock;
import java.util.Map;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OAuth2DeviceCodeModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * The pace of the polls for one request (CIBA Core §7.3, §11). Of the polls that come when the next
 * one is due exactly one is on time, whichever nodes they reach; all others are too early. An entry
 * of our own instead of Keycloak's lock, whose life counts in whole seconds: it could neither
 * tolerate jitter nor tell how long to wait.
 */
public final class PollRateLimiter {

    /** Clocks and networks jitter: so much earlier is not early. */
    private static final int TOLERANCE_MILLIS = 250;

    /** What each early poll adds to the interval if it grows (CIBA Core §11). */
    private static final int STEP_SECONDS = 5;

    private static final int LONGEST_GROWN_SECONDS = 30;

    /** Long enough for the winner's transaction to commit. */
    private static final int TURN_SECONDS = 5;

    private static final int AFTERLIFE_SECONDS = 60;
    private static final int MILLIS = 1000;
    private static final String LAST = "last";
    private static final String EARLY = "early";
    private static final String NEVER = "0";

    /** Parameter of Keycloak's device code. */
    private static final String PACE = "pace";

    private static final String GROWING = "growing";

    private final SingleUseObjectProvider store;
    private final Entries entries;

    /** Whether a poll comes in time. */
    public sealed interface Verdict {

        record OnTime() implements Verdict {}

        /**
         * The poll came before its time.
         *
         * @param retryAfter seconds after which the next one is on time
         * @param abuse whether the interval has grown as far as it can with this very poll
         */
        record TooEarly(int retryAfter, boolean abuse) implements Verdict {}
    }

    /**
     * How a request may be polled.
     *
     * @param interval least seconds between two polls
     * @param growing whether each early poll makes the interval longer
     */
    public record Rate(int interval, boolean growing) {
        Map<String, String> toParameters() {
            return growing ? Map.of(PACE, GROWING) : Map.of();
        }
    }

    public PollRateLimiter(KeycloakSession session) {
        this(session.singleUseObjects());
    }

    PollRateLimiter(SingleUseObjectProvider store) {
        this.store = store;
        this.entries = new Entries(store);
    }

    /**
     * Takes a poll of a pending request that was started at the {@code as} endpoint. One that is on
     * time costs a {@code get}, a {@code putIfAbsent} and a {@code put}, another one the first two
     * at most.
     */
    public Verdict poll(OAuth2DeviceCodeModel request) {
        return paced(request.getDeviceCode(), request);
    }

    /**
     * Takes the question where a pending request stands, at the pace of its polls. The two have
     * turns of their own: who asks both does not come too early with either.
     */
    public Verdict inquiry(OAuth2DeviceCodeModel request) {
        return paced("status." + request.getDeviceCode(), request);
    }

    private Verdict paced(String turns, OAuth2DeviceCodeModel request) {
        boolean growing = GROWING.equals(request.getAdditionalParams().get(PACE));
        return poll(turns, request.getPollingInterval(), request.getExpiration(), growing);
    }

    /**
     * Takes a poll. A rejected one leaves no trace, unless the interval grows.
     *
     * @param requestId of the request that is polled
     * @param interval of its polls in seconds
     * @param expiration of the request, in seconds since the epoch
     * @param growing whether each early poll makes the interval longer
     */
    Verdict poll(String requestId, int interval, long expiration, boolean growing) {
        String key = "ciba.pace." + requestId;
        Map<String, String> notes = entries.get(key).orElseGet(Map::of);
        String last = notes.getOrDefault(LAST, NEVER);
        int early = Integer.parseInt(notes.getOrDefault(EARLY, NEVER));
        long now = Time.currentTimeMillis();
        long due = Long.parseLong(last) + (long) grown(interval, early) * MILLIS;
        long lifespan = expiration - ServerClock.seconds() + AFTERLIFE_SECONDS;
        // a clock that has been put back must not put polls off until it has caught up
        boolean wentBack = Long.parseLong(last) > now + TOLERANCE_MILLIS;
        if ((wentBack || now >= due - TOLERANCE_MILLIS)
                && store.putIfAbsent(key + "." + last, TURN_SECONDS)) {
            entries.put(key, lifespan, notes(Long.toString(now), early));
            return new Verdict.OnTime();
        }
        int before = grown(interval, early);
        int after = growing ? grown(interval, early + 1) : before;
        if (after > before) {
            entries.put(key, lifespan, notes(last, early + 1));
        }
        boolean abuse = after > before && after >= LONGEST_GROWN_SECONDS;
        return new Verdict.TooEarly(retryAfter(last, now, after), abuse);
    }

    /** A grown interval ends at 30 s, or at the realm's own one if that is longer. */
    private static int grown(int base, int early) {
        return Math.max(base, Math.min(base + early * STEP_SECONDS, LONGEST_GROWN_SECONDS));
    }

    /** If another poll of the same moment won, the interval begins now. */
    private static int retryAfter(String last, long now, int interval) {
        long lastPoll = NEVER.equals(last) ? now : Math.min(now, Long.parseLong(last));
        long millis = lastPoll + (long) interval * MILLIS - now;
        long wait = millis > 0 ? millis : (long) interval * MILLIS;
        return Math.toIntExact((wait + MILLIS - 1) / MILLIS);
    }

    private static Map<String, String> notes(String last, int early) {
        return Map.of(LAST, last, EARLY, Integer.toString(early));
    }
}
