// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.health;

import java.util.Optional;

/**
 * Settings of a realm that cannot work together.
 *
 * @param client the client id, if it concerns one
 * @param sentence for the admin, with what to do
 */
public record Contradiction(Kind kind, Optional<String> client, String sentence) {

    public enum Kind {
        /** The first channel is e-mail, and the realm has no mail server. */
        NO_MAIL_SERVER,
        UNKNOWN_POLICY,
        UNKNOWN_NOTIFICATION_POLICY,
        /** A ping client has no address to be notified at. */
        NO_NOTIFICATION_ENDPOINT,
        /** A login is asked for on the page, and the realm has no client to sign in through. */
        NO_LOGIN_CLIENT,
        /** Client policies of the realm refuse the login through that client. */
        LOGIN_REFUSED,
        /** A public client has the CIBA grant, which is refused to all that do not authenticate. */
        PUBLIC_CLIENT,
        /** A stored value cannot be. */
        INVALID_SETTING
    }
}
