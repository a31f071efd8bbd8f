// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import io.github.cibapack.health.OutOfService;
import java.util.Locale;

/** Why a user cannot be reached. */
public enum Unreachable {
    /** The user has no e-mail address, or it is not verified. */
    NO_VERIFIED_ADDRESS("The user cannot be asked: no verified e-mail address.", true),
    /** The account has nothing by which the channel finds the user. */
    NO_ADDRESS("The user cannot be asked: no address for the channel of the policy.", true),
    /** A required action or the realm's terms: an approval would get no tokens. */
    ACCOUNT_NOT_READY("The user cannot be asked: the account is not fully set up.", true),
    NO_MAIL_SERVER("The realm has no mail server configured.", false),
    NO_LINK_HOST("The server's hostname is not configured.", false),
    NO_LOGIN("The realm is not set up for the login that its policy asks for.", false),
    NO_CHANNEL("The user cannot be reached at the moment.", false),
    /** The policy does not say all that its channel must know. */
    CHANNEL_NOT_SET_UP("The channel of the policy is not set up.", false),
    /** Neither the policy nor the server has an address for it. */
    NO_HTTP_CHANNEL("The HTTP channel has no address.", false),
    /** Who is asked in the list of requests alone must be able to sign in. */
    NO_INBOX("The realm is not set up for a list of requests.", false),
    /** The HTTP channel's server has said no, and may have looked at the user for that. */
    CHANNEL_REFUSED("The user cannot be reached at the moment.", false),
    /** The HTTP channel's server has not answered. */
    CHANNEL_FAILED("The user cannot be reached at the moment.", false),
    UNSAFE_STORE(OutOfService.Reason.UNSAFE_STORE.sentence(), false),
    MISSING_LINKS(OutOfService.Reason.MISSING_LINKS.sentence(), false),
    QUEUE_FULL("Too many messages are waiting to be sent. Try again later.", false, 10),
    /** Only if mail is sent within the request. */
    MAIL_NOT_SENT("The mail could not be sent. Try again later.", false, 10),
    /** Only if mail is sent within the request. */
    MAIL_REFUSED("The user cannot be asked: the mail was refused.", true);

    private final String sentence;
    private final boolean dependsOnUser;
    private final int retryAfterSeconds;

    Unreachable(String sentence, boolean dependsOnUser) {
        this(sentence, dependsOnUser, 0);
    }

    Unreachable(String sentence, boolean dependsOnUser, int retryAfterSeconds) {
        this.sentence = sentence;
        this.dependsOnUser = dependsOnUser;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The server itself is out of service. */
    static Unreachable because(OutOfService.Reason reason) {
        return reason == OutOfService.Reason.MISSING_LINKS ? MISSING_LINKS : UNSAFE_STORE;
    }

    /**
     * Whether only who exists can run into it. Nobody is ever asked in the place of a hidden user,
     * so these tell who exists as much as those that depend on the user.
     */
    public boolean tellsThatUserExists() {
        return dependsOnUser || this == CHANNEL_REFUSED || this == CHANNEL_FAILED;
    }

    /** For events. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the relying party is told. */
    public String sentence() {
        return sentence;
    }

    public boolean dependsOnUser() {
        return dependsOnUser;
    }

    /** When trying again makes sense, in seconds; 0 if that is not known. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
