// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.Form;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Who gets the mail and presses a button, without a browser: sends what the page's form sends. */
public final class MailReader {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private MailReader() {}

    /** Approves and gives the page that follows. */
    public static Answer approves(ReceivedMail mail) {
        return decides(mail, "approve");
    }

    /** Denies and gives the page that follows. */
    public static Answer denies(ReceivedMail mail) {
        return decides(mail, "deny");
    }

    private static Answer decides(ReceivedMail mail, String decision) {
        return RelyingParty.exchange(
                HttpRequest.newBuilder(mail.magicLink())
                        .timeout(TIME_LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Form.of("decision", decision).encoded()))
                        .build());
    }
}
