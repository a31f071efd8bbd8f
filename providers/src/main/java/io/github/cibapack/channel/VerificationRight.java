// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.notification.NotificationAttempt;
import io.github.cibapack.notification.NotificationLimits;
import io.github.cibapack.notification.ThrottledException;
import io.github.cibapack.policy.CibaPolicy;
import io.github.cibapack.policy.NotificationPolicies;
import io.github.cibapack.request.ReportBlocks;
import io.github.cibapack.store.ReplayCache;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whether a mail that verifies an address may go out: to nobody who has reported the client, within
 * all limits of mails, and not again for as long as the link of the last one is good.
 *
 * @param clientId internal id of the client that wants to ask
 * @param clientName its public id, for events
 * @param address that the mail goes to
 * @param lifespan of the link, in seconds
 */
record VerificationRight(
        String userId,
        String clientId,
        String clientName,
        String address,
        CibaPolicy policy,
        int lifespan) {

    /** Whether a user has an address, and it is not verified. */
    static boolean isUnverified(UserModel user) {
        return !user.isEmailVerified() && user.getEmail() != null && !user.getEmail().isBlank();
    }

    /** Whether the user still needs it: by the time of a retry, much may have changed. */
    boolean isWanted(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, userId);
        return user != null
                && realm.getClientById(clientId) != null
                && user.isEnabled()
                && isUnverified(user)
                && address.equals(user.getEmail())
                && new ReportBlocks(session).blockedFor(clientId, userId).isEmpty();
    }

    /** Counts the mail; false if a limit is reached, or a link is out already. */
    boolean take(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, userId);
        ClientModel client = realm.getClientById(clientId);
        NotificationLimits limits =
                new NotificationLimits(
                        session,
                        NotificationAttempt.ofMail(
                                new NotificationPolicies(realm).of(client, policy),
                                clientId,
                                user));
        try {
            limits.takeMail();
        } catch (ThrottledException e) {
            return false;
        }
        boolean first =
                new ReplayCache(session)
                                .first(
                                        ReplayCache.Kind.VERIFICATION_MAIL,
                                        userId,
                                        address,
                                        lifespan)
                        == ReplayCache.Use.FIRST;
        if (!first) {
            limits.giveBack();
        }
        return first;
    }

    /** No mail has gone out after all: the next one may. What was counted stays so. */
    void giveBack(KeycloakSession session) {
        new ReplayCache(session).forget(ReplayCache.Kind.VERIFICATION_MAIL, userId, address);
    }
}
