// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.outbound.UndeliveredException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * A connection to a mail server that takes one mail after the other, and knows how far the last one
 * got. Used by one thread at a time.
 */
final class MailConnection extends SMTPTransport {

    /** So that a new password, token or certificate is asked for sooner or later. */
    private static final Duration LONGEST_USE = Duration.ofMinutes(5);

    /** How far a mail got (RFC 5321 §3.3). */
    private enum Stage {
        SENDER,
        RECIPIENT,
        FINAL_DOT
    }

    private long openedAt;
    private boolean ready;
    private Stage stage = Stage.SENDER;

    MailConnection(Session smtp) {
        super(smtp, new URLName("smtp", null, -1, null, null, null));
    }

    /** Whoever has connected it says so. */
    void opened() {
        openedAt = System.nanoTime();
        ready = true;
    }

    /** Whether it has served before: the mail server may have hung up since. */
    boolean isReady() {
        return ready;
    }

    /** Whether the next mail may go the same way. */
    boolean isReusable() {
        return ready && System.nanoTime() - openedAt < LONGEST_USE.toNanos();
    }

    /**
     * Sends once. When it returns, the mail server has taken the mail; when it fails, it is closed.
     */
    void give(MimeMessage message, InternetAddress recipient) throws MessagingException {
        ready = false;
        stage = Stage.SENDER;
        try {
            sendMessage(message, new InternetAddress[] {recipient});
            ready = true;
        } finally {
            if (!ready) {
                hangUp();
            }
        }
    }

    /**
     * Whether the failure may be one of this connection, and the mail may be given to a new one at
     * once: the mail server has certainly not taken it, and has not refused it for good. Only a
     * final dot without an answer leaves open who has the mail (RFC 5321 §6.1, RFC 1047).
     */
    boolean mayBeGivenToAnother(UndeliveredException failure) {
        return switch (stage) {
            case SENDER -> true;
            case RECIPIENT -> !failure.isPermanent();
            case FINAL_DOT -> !failure.isPermanent() && SmtpFailure.isReply(failure);
        };
    }

    /** The server has answered by now: a failing goodbye must not look like a failed delivery. */
    void hangUp() {
        ready = false;
        try {
            close();
        } catch (MessagingException e) {
            // the connection is gone, which is what was wanted
        }
    }

    @Override
    protected void rcptTo() throws MessagingException {
        stage = Stage.RECIPIENT;
        super.rcptTo();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        stage = Stage.FINAL_DOT;
        super.finishData();
    }
}
