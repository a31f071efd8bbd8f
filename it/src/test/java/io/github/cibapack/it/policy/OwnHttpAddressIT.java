// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.approval.Policies;
import io.github.cibapack.it.realm.RealmDocument;
import io.github.cibapack.it.realm.RealmFixture;
import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.unaffected.DecoupledServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The address that a policy gives to its HTTP channel is one that the server may call. */
class OwnHttpAddressIT {
    private static final DecoupledServer DECOUPLED = DecoupledServer.start();

    @RegisterExtension
    static final RealmFixture REALM = RealmFixture.fresh().with(OwnHttpAddressIT::prepare);

    private final Events events = new Events(REALM);

    /** Plain http may be called here, addresses inside the network may not. */
    private static void prepare(RealmDocument realm) {
        realm.attribute("ciba.outbound.allow-http", "true");
        Policies.add(realm, "inside", "channels", "http", "httpUrl", DECOUPLED.url());
        realm.clientAttribute("gas-pump", "ciba.policies", "inside");
        Policies.add(realm, "nowhere", "channels", "http");
        realm.clientAttribute("gas-pump-post", "ciba.policies", "nowhere");
    }

    @AfterAll
    static void stop() {
        DECOUPLED.close();
    }

    @Test
    void addressInsideTheNetworkIsNotCalled() {
        Answer refused = REALM.gasPump().start("alice", "Pump 4");

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("server_error");
        assertThat(events.ofRefusal(refused, "refused").path("reason").asText())
                .isEqualTo("channel_failed");
        assertThat(DECOUPLED.wasNotCalled()).isTrue();
    }

    @Test
    void channelWithoutAnyAddressCannotBeUsed() {
        Answer refused = REALM.gasPumpPost().start("alice", "Pump 4");

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(events.ofRefusal(refused, "refused").path("failed_channels").asText())
                .isEqualTo("http:no_http_channel");
    }
}
