// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.page.ApprovalForm;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** "This was not me", said of an approval that a gateway has asked for. */
class RevocationAtGatewayIT {
    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Policies.addUserWithPassword(realm, "yan");
                                Policies.addUserWithPassword(realm, "zoe");
                                Bank.rule(realm, "transfers");
                                Bank.rule(realm, "lenient", "graceSeconds", "600");
                            });

    @Test
    void approvalThatWasNotUsedPassesNothing() {
        ForwardAuth check = ForwardAuth.check(REALM, "transfers", Bank.tokenOf(REALM, "yan"));
        Answer pending = check.send();
        URI link = approved();

        revoke(link);

        Answer answer = check.retrying(pending).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(page(link)).contains("The approval had not been used yet.");
    }

    @Test
    void usedApprovalSaysWhatItIsTooLateForAndEndsTheGraceTime() {
        ForwardAuth check =
                ForwardAuth.check(REALM, "lenient", Bank.tokenOf(REALM, "zoe"))
                        .with("X-Forwarded-Method", "GET")
                        .with("X-Forwarded-Uri", "/transfers?of=zoe");
        Answer pending = check.send();
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        URI link = approved();
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);
        assertThat(check.send().status()).as("grace time").isEqualTo(200);

        revoke(link);

        assertThat(page(link)).contains("Too late to take back", "had already been carried out");
        assertThat(check.send().status()).as("grace time is over").isNotEqualTo(200);
        assertThat(REALM.admin().events(REALM.name(), "AUTHREQID_TO_TOKEN_ERROR"))
                .anySatisfy(
                        event ->
                                assertThat(event.path("details").path("reason").asText())
                                        .isEqualTo("already_passed"));
    }

    /** Approves the newest request. */
    private static URI approved() {
        String newest =
                REALM.admin().events(REALM.name()).stream()
                        .map(event -> event.path("details"))
                        .filter(details -> "requested".equals(details.path("ciba_event").asText()))
                        .findFirst()
                        .orElseThrow()
                        .path("auth_req_id")
                        .asText();
        ReceivedMail mail = REALM.mailbox().awaitMailFor(newest);
        MailReader.approves(mail);
        return mail.magicLink();
    }

    private static void revoke(URI link) {
        String token = ApprovalForm.open(link).token();
        new ApprovalForm(URI.create(link + "/revoke"), token).press("revoke", "true");
    }

    private static String page(URI link) {
        return RelyingParty.exchange(HttpRequest.newBuilder(link).build()).body();
    }
}
