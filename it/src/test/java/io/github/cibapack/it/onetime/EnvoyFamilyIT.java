// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.rp.RelyingParty;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks as Envoy's {@code ext_authz} makes them over HTTP: the request's own, below the rule. */
class EnvoyFamilyIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(
                            realm -> {
                                Bank.rule(realm, "strict", "gateway", "envoy");
                                Bank.rule(
                                        realm, "lenient", "gateway", "envoy", "paths", "/admin/**");
                            });

    private static String alice;

    @BeforeAll
    static void alicesAppHasAToken() {
        alice = Bank.tokenOf(REALM, "alice");
    }

    @Test
    void checkIsTheRequestItself() {
        String path = "/transfers/" + UUID.randomUUID();

        Answer pending = RelyingParty.exchange(check("strict" + path + "?amount=50").build());

        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        ReceivedMail mail =
                REALM.mailbox().await(received -> received.text().contains("POST " + path), SOON);
        MailReader.approves(mail);
        String transaction = ForwardAuth.transaction(pending);
        Answer tampered =
                RelyingParty.exchange(
                        check("strict" + path + "?amount=5000")
                                .header(ForwardAuth.TRANSACTION, transaction)
                                .build());
        assertThat(tampered.error()).isEqualTo("transaction_mismatch");
        Answer passed =
                RelyingParty.exchange(
                        check("strict" + path + "?amount=50")
                                .header(ForwardAuth.TRANSACTION, transaction)
                                .build());
        assertThat(passed.status()).isEqualTo(200);
    }

    @Test
    void pathThatLeadsToAnotherRuleIsNeverLetOff() {
        assertThat(RelyingParty.exchange(check("lenient/balance").build()).status()).isEqualTo(200);

        Answer answer = RelyingParty.exchange(check("strict/../lenient/balance").build());

        assertThat(answer.status()).as(answer.body()).isIn(400, 401);
    }

    @Test
    void prefixThatTheCallerSendsIsRefused() {
        Answer refused =
                RelyingParty.exchange(
                        check("strict/transfers")
                                .header(
                                        "X-Forwarded-Prefix",
                                        "/one-time-authorization/strict/harmless")
                                .build());

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    }

    private static HttpRequest.Builder check(String ruleAndRest) {
        return HttpRequest.newBuilder(REALM.url("/one-time-authorization/" + ruleAndRest))
                .timeout(Duration.ofSeconds(30))
                .header("X-Gateway-Secret", Bank.GATEWAY_SECRET)
                .header("X-Forwarded-Proto", "https")
                .header("Authorization", "Bearer " + alice)
                .POST(HttpRequest.BodyPublishers.noBody());
    }
}
