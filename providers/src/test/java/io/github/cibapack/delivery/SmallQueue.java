// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A queue with three places and one worker. */
@Timeout(30)
abstract class SmallQueue {
    final DeliveryQueue queue =
            new DeliveryQueue("test", new DeliveryQueue.Size(3, 1, Duration.ofSeconds(5), 1000));

    @AfterEach
    void close() {
        queue.close();
    }

    static DeliveryQueue queueOf(int places, int workers, Duration drain) {
        return new DeliveryQueue("test", new DeliveryQueue.Size(places, workers, drain));
    }
}
