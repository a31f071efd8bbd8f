// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.onetime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.text.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteOutcomeTest {

    @Test
    void endsAreReadAsTheyWereWritten() {
        GrantedApproval whole =
                new GrantedApproval(
                        "alice", "id", 17, Optional.of("2"), Optional.of("Pay"), Map.of());
        GrantedApproval bare =
                new GrantedApproval(
                        "alice", "id", 17, Optional.empty(), Optional.empty(), Map.of());

        assertThat(
                        List.of(
                                RemoteOutcome.denied(),
                                RemoteOutcome.expired(),
                                RemoteOutcome.claimed("token"),
                                RemoteOutcome.verified(whole),
                                RemoteOutcome.verified(bare)))
                .allSatisfy(
                        end ->
                                assertThat(Json.read(Json.write(end), RemoteOutcome.class))
                                        .isEqualTo(end));
    }

    @Test
    void onlyAClaimIsToBeVerified() {
        GrantedApproval approval =
                new GrantedApproval(
                        "alice", "id", 17, Optional.empty(), Optional.empty(), Map.of());

        assertThat(RemoteOutcome.claimed("token").isToVerify()).isTrue();
        assertThat(RemoteOutcome.verified(approval).isToVerify()).isFalse();
        assertThat(RemoteOutcome.denied().isToVerify()).isFalse();
        assertThat(RemoteOutcome.expired().isToVerify()).isFalse();
    }

    @Test
    void tokenIsNotPrinted() {
        assertThat(RemoteOutcome.claimed("a-token")).asString().doesNotContain("a-token");
    }
}
