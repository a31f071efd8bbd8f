// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.mail;

import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.rp.Answer;

/** Who gets the mail and presses a button, without a browser: sends what the page's form sends. */
public final class MailReader {
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
        return ApprovalForm.decide(mail.magicLink(), decision);
    }
}
