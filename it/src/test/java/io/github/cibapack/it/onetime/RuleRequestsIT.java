// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rule's requests are its gateway's: no token endpoint knows them, whoever asks. */
class RuleRequestsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh().with(Bank::open).with(realm -> Bank.rule(realm, "transfers"));

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        alice = Bank.tokenOf(REALM, "alice");
    }

    @Test
    void clientOfTheRuleGetsNoTokensForWhatTheGatewayAsked() {
        ForwardAuth check = check();
        Answer pending = check.send();
        ReceivedMail mail = mail(check, pending);
        String id = newestRequest();
        assertUnknown(id, "while it is pending");

        MailReader.approves(mail);
        assertUnknown(id, "once it is approved");

        Answer passed = check.retrying(pending).send();
        assertThat(passed.status()).as("nothing was used up").isEqualTo(200);
        assertThat(passed.header("One-Time-Authorization-Id")).isEqualTo(id);
        assertUnknown(id, "once it is redeemed");
    }

    @Test
    void deniedRequestIsAsUnknown() {
        ForwardAuth check = check();
        ReceivedMail mail = mail(check, check.send());
        String id = newestRequest();

        MailReader.denies(mail);

        assertUnknown(id, "once it is denied");
    }

    @Test
    void passedCallIsOneRedemption() {
        double before = redeemed();
        ForwardAuth check = check();
        Answer pending = check.send();
        MailReader.approves(mail(check, pending));

        assertThat(check.retrying(pending).send().status()).isEqualTo(200);

        assertThat(redeemed()).isEqualTo(before + 1);
    }

    private static double redeemed() {
        return Metrics.of(REALM.server())
                .value(
                        "ciba_redemptions_total",
                        "outcome=\"redeemed\"",
                        "realm=\"" + REALM.name() + '"');
    }

    /** The admin sees it among the others. */
    @Test
    void adminFindsTheRequestByItsId() {
        ForwardAuth check = check();
        mail(check, check.send());

        Answer found =
                REALM.admin()
                        .call(
                                "GET",
                                "/" + REALM.name() + "/ciba/requests/" + newestRequest(),
                                null);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
    }

    private static void assertUnknown(String id, String when) {
        RelyingParty client = REALM.relyingParty(Bank.ASKING_CLIENT);
        for (RelyingParty endpoint : List.of(client, client.atKeycloakEndpoints())) {
            Answer poll = endpoint.poll(id);
            assertThat(poll.status()).as(when).isEqualTo(400);
            assertThat(poll.error()).as(when + ": " + poll.body()).isEqualTo("invalid_grant");
        }
        String unknown = client.poll(UUID.randomUUID().toString()).errorDescription();
        assertThat(withoutCorrelationId(client.poll(id).errorDescription()))
                .as(when)
                .isEqualTo(withoutCorrelationId(unknown));
    }

    private static String withoutCorrelationId(String description) {
        return description.replaceAll(" \\(Correlation ID: .*", "");
    }

    private static ForwardAuth check() {
        return ForwardAuth.check(REALM, "transfers", alice)
                .with("X-Forwarded-Uri", "/transfers/" + UUID.randomUUID());
    }

    private static ReceivedMail mail(ForwardAuth check, Answer pending) {
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        String path = check.request().headers().firstValue("X-Forwarded-Uri").orElseThrow();
        return REALM.mailbox().await(mail -> mail.text().contains(path), SOON);
    }

    private static String newestRequest() {
        return REALM.admin().events(REALM.name()).stream()
                .map(event -> event.path("details"))
                .filter(details -> "requested".equals(details.path("ciba_event").asText()))
                .findFirst()
                .orElseThrow()
                .path("auth_req_id")
                .asText();
    }
}
