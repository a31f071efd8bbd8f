// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.clock;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.rp.RelyingParty;
import io.github.cibapack.it.server.KeycloakServer;
import io.github.cibapack.it.server.TestJar;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * The remote control of a server's clock. It goes forward, as clocks do; a test about a clock that
 * is put right puts it back, and forward again.
 */
public final class FakeClock {
    private final KeycloakServer server;

    private FakeClock(KeycloakServer server) {
        this.server = server;
    }

    /** The clock of a server that was started with {@link #provider}. */
    public static FakeClock of(KeycloakServer server) {
        return new FakeClock(server);
    }

    /** The provider that a server needs for it, as a JAR in {@code target}. */
    public static Path provider() {
        return TestJar.ofProvider(
                "test-clock.jar",
                RealmResourceProviderFactory.class.getName(),
                TestClockResourceProviderFactory.class,
                "TestClockResource");
    }

    /** Puts the clock forward, from wherever it is; back if the time is negative. */
    public void advance(Duration time) {
        put(time);
    }

    /** Puts the clock to shortly after the next midnight UTC. */
    public void advanceToNextDay() {
        Instant now = Instant.now().plus(put(Duration.ZERO));
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        advance(Duration.between(now, midnight).plusSeconds(5));
    }

    /** Gives how far it is ahead then. */
    private Duration put(Duration forward) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                server.url("/realms/master/test-clock/" + forward.toSeconds()))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        Answer answer = RelyingParty.exchange(request);
        if (answer.status() != 200) {
            throw new IllegalStateException("The clock did not move: " + answer.body());
        }
        return Duration.ofSeconds(Long.parseLong(answer.body()));
    }
}
