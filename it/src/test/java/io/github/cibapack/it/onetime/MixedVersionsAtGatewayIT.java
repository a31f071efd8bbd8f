// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.onetime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.MailReader;
import io.github.cibapack.it.server.HttpsServer;
import io.github.cibapack.it.store.StoreContract;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that is being updated, as a gateway's caller sees it. */
class MixedVersionsAtGatewayIT {

    @RegisterExtension
    static final RealmFixture REALM =
            RealmFixture.fresh()
                    .with(Bank::open)
                    .with(realm -> Bank.rule(realm, "transfers"))
                    .sharing(HttpsServer::shared);

    @ParameterizedTest
    @ValueSource(strings = {"request", "outcome"})
    void approvalThatANewerVersionHasWrittenIsNotUsedUp(String entry) {
        ForwardAuth check =
                ForwardAuth.check(REALM, "transfers", Bank.tokenOf(REALM, "alice"))
                        .with("X-Forwarded-Uri", "/transfers?of=" + entry);
        Answer pending = check.send();
        assertThat(pending.error()).as(pending.body()).isEqualTo("authorization_pending");
        ReceivedMail mail =
                REALM.mailbox()
                        .await(
                                found -> found.text().contains("of=" + entry),
                                Duration.ofSeconds(20));
        MailReader.approves(mail);
        String key = "ciba." + entry + ".rule." + requestId();
        StoreContract.form(REALM.server(), key, "2");

        Answer refused = check.retrying(pending).send();

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        StoreContract.form(REALM.server(), key, "1");
        assertThat(check.retrying(pending).send().status()).isEqualTo(200);
    }

    /** Of the newest request. */
    private static String requestId() {
        return REALM.admin().events(REALM.name()).stream()
                .map(event -> event.path("details"))
                .filter(details -> "requested".equals(details.path("ciba_event").asText()))
                .findFirst()
                .orElseThrow()
                .path("auth_req_id")
                .asText();
    }
}
