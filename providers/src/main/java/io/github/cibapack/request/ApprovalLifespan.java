// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.request;

import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpirationUtils;

/**
 * How long an approval can be revoked after its redemption: as long as a session that is made now
 * can live, whatever its client refreshes or exchanges, and a day at most.
 */
public final class ApprovalLifespan {

    /** So that what is kept stays bounded where offline sessions never end. */
    static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private ApprovalLifespan() {}

    /**
     * The lifespan in seconds.
     *
     * @param offline whether there is an offline session as well
     */
    public static long seconds(RealmModel realm, boolean offline) {
        long online = seconds(realm, Time.currentTimeMillis(), false);
        return offline ? Math.max(online, seconds(realm, Time.currentTimeMillis(), true)) : online;
    }

    private static long seconds(RealmModel realm, long now, boolean offline) {
        long end =
                SessionExpirationUtils.calculateUserSessionMaxLifespanTimestamp(
                        offline, false, now, realm);
        // -1: never
        return end < 0
                ? LONGEST_SECONDS
                : Math.min(LONGEST_SECONDS, TimeUnit.MILLISECONDS.toSeconds(end - now));
    }
}
