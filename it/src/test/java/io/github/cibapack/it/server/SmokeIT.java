// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.mail.ReceivedMail;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shortest way through everything: if this fails, look here before anywhere else. */
class SmokeIT {

    @RegisterExtension static final RealmFixture REALM = RealmFixture.fresh();

    @Test
    void startedRequestSendsMailAndIsPending() {
        RelyingParty pump = REALM.gasPump();

        Answer started = pump.start("alice", "Pump 4: $50 of gas");
        assertThat(started.status()).as(started.body()).isEqualTo(200);

        ReceivedMail mail = REALM.mailbox().awaitMailFor(started.authReqId());
        assertThat(mail.to()).containsExactly("alice@ciba-demo.example");
        assertThat(mail.magicLink()).hasHost(REALM.server().baseUrl().getHost());

        assertThat(pump.poll(started.authReqId()).error()).isEqualTo("authorization_pending");
    }
}
