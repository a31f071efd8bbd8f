// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteEndTest {

    @Test
    void endsAreReadAsTheyWereWritten() {
        Approval whole = new Approval("alice", "id", 17, Optional.of("2"), Optional.of("Pay"));
        Approval bare = new Approval("alice", "id", 17, Optional.empty(), Optional.empty());

        assertThat(
                        List.of(
                                RemoteEnd.denied(),
                                RemoteEnd.expired(),
                                RemoteEnd.claimed("token"),
                                RemoteEnd.verified(whole),
                                RemoteEnd.verified(bare)))
                .allSatisfy(end -> assertThat(RemoteEnd.read(end.write())).isEqualTo(end));
    }

    @Test
    void onlyAClaimIsToBeVerified() {
        Approval approval = new Approval("alice", "id", 17, Optional.empty(), Optional.empty());

        assertThat(RemoteEnd.claimed("token").isToVerify()).isTrue();
        assertThat(RemoteEnd.verified(approval).isToVerify()).isFalse();
        assertThat(RemoteEnd.denied().isToVerify()).isFalse();
        assertThat(RemoteEnd.expired().isToVerify()).isFalse();
    }

    @Test
    void tokenIsNotPrinted() {
        assertThat(RemoteEnd.claimed("a-token")).asString().doesNotContain("a-token");
    }
}
