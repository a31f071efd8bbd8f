// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.rp;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/** The person who got the mail, without a browser: sends what the page's form would send. */
public final class MailReader {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private MailReader() {}

    public static Answer approves(ReceivedMail mail) {
        return decides("approve", mail.magicLink());
    }

    /** The same over a client of the caller's own, which trusts the server's certificate. */
    public static Answer approves(ReceivedMail mail, HttpClient http) {
        return ApprovalForm.decide(mail.magicLink(), "approve", http);
    }

    public static Answer denies(ReceivedMail mail) {
        return decides("deny", mail.magicLink());
    }

    /** Presses a button of the page. */
    public static Answer decides(String decision, URI link) {
        return ApprovalForm.decide(link, decision);
    }

    /** The same over a client of the caller's own. */
    public static Answer decides(String decision, URI link, HttpClient http) {
        return ApprovalForm.decide(link, decision, http);
    }

    /** Opens the link. */
    public static Answer reads(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).timeout(TIME_LIMIT).build());
    }
}
