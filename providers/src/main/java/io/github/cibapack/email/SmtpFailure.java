// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import io.github.cibapack.outbound.UndeliveredException;
import jakarta.mail.MessagingException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Judges why a mail server did not take a mail. Keeps the reply's code and nothing else: the
 * reply's text often repeats the address.
 */
final class SmtpFailure {

    /** RFC 5321 §4.2.1: replies of this class and above say that trying again is of no use. */
    private static final int FIRST_PERMANENT = 500;

    private static final int LAST_REPLY = 599;
    private static final int FIRST_TRANSIENT = 400;
    private static final Pattern REPLY_IN_TEXT =
            Pattern.compile("^(\\d{3})\\b|\\bresponse: (\\d{3})\\b");

    /** Longer chains of causes are a loop. */
    private static final int DEEPEST = 20;

    private static final String REPLY = "smtp_reply_";

    private SmtpFailure() {}

    /** Judges a sender's failure: what carries no reply of the server may be better next time. */
    static UndeliveredException of(Exception failure) {
        OptionalInt reply = reply(failure, 0);
        if (reply.isEmpty()) {
            return UndeliveredException.forNow("mail_server_unreachable");
        }
        return UndeliveredException.of(
                REPLY + reply.getAsInt(), reply.getAsInt() < FIRST_PERMANENT);
    }

    /**
     * The OAuth token that the mail server wants (XOAUTH2) cannot be had; the mail server was not
     * asked.
     */
    static UndeliveredException withoutToken() {
        return UndeliveredException.forNow("mail_token_unavailable");
    }

    /** The settings or the address are such that no mail can be made of them. */
    static UndeliveredException unsendable() {
        return UndeliveredException.forGood("mail_cannot_be_made");
    }

    /** All connections to the mail server are in use; it was not asked. */
    static UndeliveredException withoutConnection() {
        return UndeliveredException.forNow("mail_connections_in_use");
    }

    /** Whether the mail server has said that it did not take the mail. */
    static boolean isReply(UndeliveredException failure) {
        return failure.reason().startsWith(REPLY);
    }

    private static OptionalInt reply(Throwable failure, int depth) {
        if (failure == null || depth > DEEPEST) {
            return OptionalInt.empty();
        }
        // the most specific one is the innermost: the recipient's reply inside "send failed"
        OptionalInt inner = OptionalInt.empty();
        if (failure instanceof MessagingException nested) {
            inner = reply(nested.getNextException(), depth + 1);
        }
        if (inner.isEmpty() && failure.getCause() != failure) {
            inner = reply(failure.getCause(), depth + 1);
        }
        return inner.isPresent() ? inner : ownReply(failure);
    }

    private static OptionalInt ownReply(Throwable failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return code(address.getReturnCode());
        }
        if (failure instanceof SMTPSenderFailedException sender) {
            return code(sender.getReturnCode());
        }
        if (failure instanceof SMTPSendFailedException send) {
            return code(send.getReturnCode());
        }
        return failure instanceof MessagingException
                ? told(failure.getMessage())
                : OptionalInt.empty();
    }

    /** For failed authentication and refused greetings only the text has the reply. */
    private static OptionalInt told(String text) {
        Matcher reply = REPLY_IN_TEXT.matcher(text == null ? "" : text);
        return reply.find()
                ? code(Integer.parseInt(reply.group(reply.group(1) == null ? 2 : 1)))
                : OptionalInt.empty();
    }

    private static OptionalInt code(int reply) {
        return reply >= FIRST_TRANSIENT && reply <= LAST_REPLY
                ? OptionalInt.of(reply)
                : OptionalInt.empty();
    }
}
