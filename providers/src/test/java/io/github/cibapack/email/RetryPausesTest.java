// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.audit.RequestFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPausesTest {

    @Test
    void pausesGrowAndLeaveTimeToDecide() {
        List<Long> tries = tries(120);

        assertThat(tries).hasSizeGreaterThan(6);
        assertThat(tries.get(tries.size() - 1)).isBetween(60L, 90L);
        assertThat(tries.get(3) - tries.get(2)).isGreaterThan(tries.get(1) - tries.get(0));
    }

    @Test
    void longLivedRequestDoesNotKnockAllDay() {
        assertThat(tries(86_400).size()).isLessThan(400);
    }

    @Test
    void shortLivedRequestIsTriedMoreThanOnce() {
        assertThat(tries(10).size()).isGreaterThan(1);
        assertThat(new RetryPauses(mail(2)).next(1, 1)).isEmpty();
    }

    /** The seconds at which a mail is tried whose server never takes it. */
    private static List<Long> tries(long life) {
        RetryPauses pauses = new RetryPauses(mail(life));
        List<Long> tries = new ArrayList<>(List.of(0L));
        Duration now = Duration.ZERO;
        while (true) {
            Optional<Duration> pause = pauses.next(tries.size(), now.toSeconds());
            if (pause.isEmpty()) {
                return tries;
            }
            now = now.plus(pause.get());
            tries.add(now.toSeconds());
        }
    }

    private static Envelope mail(long life) {
        return new Envelope(
                "realm",
                "as.id",
                "id",
                "client",
                "user",
                "correlation",
                new RequestFacts(
                        "client",
                        "email",
                        Optional.empty(),
                        "openid",
                        Optional.empty(),
                        "127.0.0.1"),
                0,
                life,
                "key",
                true,
                Optional.empty(),
                "nobody@example.org",
                new RenderedMail("subject", "text", "html"));
    }
}
