// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

/** Why a user cannot be reached. */
public enum Unreachable {
    /** The user has no e-mail address, or it is not verified. */
    NO_VERIFIED_ADDRESS("The user cannot be asked: no verified e-mail address.", true),
    NO_MAIL_SERVER("The realm has no mail server configured.", false),
    NO_LINK_HOST("The server's hostname is not configured.", false),
    /** The policy asks for a login that the realm is not set up for. */
    NO_LOGIN("The realm is not set up for the login that its policy asks for.", false),
    QUEUE_FULL("Too many mails are waiting to be sent. Try again later.", false, 10),
    /** Only where mail is sent within the request. */
    MAIL_NOT_SENT("The mail could not be sent. Try again later.", false, 10),
    /** Only where mail is sent within the request. */
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

    /** What the relying party is told. */
    public String sentence() {
        return sentence;
    }

    /** Whether the reason lies with the user and not with the server. */
    public boolean dependsOnUser() {
        return dependsOnUser;
    }

    /** When trying again makes sense, in seconds; 0 where nobody can say. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
