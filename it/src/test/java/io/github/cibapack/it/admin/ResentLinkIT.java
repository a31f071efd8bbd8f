// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.clock.ClockServer;
import io.github.cibapack.it.clock.FakeClock;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.suite.MovesTheClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each link that was mailed for a request leads to "This was not me" after it is over. */
@MovesTheClock
class ResentLinkIT {
    private static final Duration AFTER_THE_REQUEST = Duration.ofMinutes(10);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(
                            realm -> {
                                realm.relaxLimits();
                                // a revocation blocks the client for its user
                                IntStream.range(0, 3).forEach(i -> realm.addUser("resa-" + i));
                            })
                    .sharing(ClockServer::shared);

    private final AdminCalls admin = AdminCalls.in(REALM);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eachLinkRevokesWhicheverOneApproved(int revoking) {
        Answer started = REALM.gasPump().start("resa-" + revoking, "Pump " + revoking);
        admin.awaitMails(started.authReqId(), 1);
        for (int mails = 2; mails <= 3; mails++) {
            Answer resent = admin.post("requests/" + started.authReqId() + "/resend");
            assertThat(resent.status()).as(resent.body()).isEqualTo(204);
            admin.awaitMails(started.authReqId(), mails);
        }
        List<URI> links =
                admin.awaitMails(started.authReqId(), 3).stream()
                        .map(ReceivedMail::magicLink)
                        .toList();
        ApprovalForm.decide(links.get(1), "approve");
        assertThat(REALM.gasPump().poll(started.authReqId()).status()).isEqualTo(200);

        FakeClock.of(REALM.server()).advance(AFTER_THE_REQUEST);

        URI link = links.get(revoking);
        String token = ApprovalForm.open(link).token();
        assertThat(token).as("link %d", revoking).isNotEmpty();
        Answer page = new ApprovalForm(URI.create(link + "/revoke"), token).press("revoke", "true");
        assertThat(page.body()).contains("has lost its access");
    }
}
