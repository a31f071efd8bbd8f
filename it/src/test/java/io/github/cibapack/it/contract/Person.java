// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.contract;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** The reader of the mail, without a browser: sends what the page's form would send. */
final class Person {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private Person() {}

    static Answer approves(ReceivedMail mail) {
        return decides("approve", mail.magicLink());
    }

    static Answer denies(ReceivedMail mail) {
        return decides("deny", mail.magicLink());
    }

    /** Presses a button of the page. */
    static Answer decides(String decision, URI link) {
        return ApprovalForm.decide(link, decision);
    }

    /** Opens the link. */
    static Answer reads(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).timeout(TIME_LIMIT).build());
    }
}
