// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitPlacesTest {
    private final WaitPlaces.Taken places = new WaitPlaces.Taken(new WaitPlaces(4, 3, 2));

    @Test
    void clientTakesNoMoreThanItsOwn() {
        assertThat(places.take(wait("realm", "pump"))).isTrue();
        assertThat(places.take(wait("realm", "pump"))).isTrue();
        assertThat(places.take(wait("realm", "pump"))).isFalse();
        assertThat(places.take(wait("realm", "shop"))).isTrue();
    }

    @Test
    void realmLeavesPlacesToOthersAndTheNodeHasNoMore() {
        assertThat(places.take(wait("realm", "pump"))).isTrue();
        assertThat(places.take(wait("realm", "pump"))).isTrue();
        assertThat(places.take(wait("realm", "shop"))).isTrue();
        assertThat(places.take(wait("realm", "bank"))).isFalse();
        assertThat(places.take(wait("other", "club"))).isTrue();
        assertThat(places.anyLeft()).isFalse();
        assertThat(places.take(wait("third", "zoo"))).isFalse();
    }

    @Test
    void placeThatIsGivenBackAndOneThatIsRefusedAreFreeAgain() {
        places.take(wait("realm", "pump"));
        places.take(wait("realm", "pump"));
        places.take(wait("realm", "pump"));

        places.giveBack(wait("realm", "pump"));

        assertThat(places.take(wait("realm", "pump"))).isTrue();
        assertThat(places.take(wait("realm", "shop"))).isTrue();
    }

    @Test
    void noMoreThanThereAreAreTakenAtTheSameMoment() {
        WaitPlaces.Taken many = new WaitPlaces.Taken(WaitPlaces.of(100));

        long taken =
                IntStream.range(0, 1000)
                        .parallel()
                        .filter(i -> many.take(wait("realm", "pump")))
                        .count();

        assertThat(taken).isLessThanOrEqualTo(100);
        assertThat(taken).isPositive();
    }

    private static PendingWaits.Wait wait(String realm, String client) {
        return new PendingWaits.Wait(
                "key",
                realm,
                client,
                Optional.empty(),
                new PendingWaits.Look(session -> false, Optional.empty()),
                Duration.ofSeconds(1));
    }
}
