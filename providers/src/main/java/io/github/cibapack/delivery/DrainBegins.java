// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.delivery;

import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * The server stops, and the first factory with queues is closed. Keycloak closes one after the
 * other: told of it, the queues of all have the time of their drains at once.
 */
public record DrainBegins() implements ProviderEvent {

    /** Has queues {@linkplain DeliveryQueue#stop() stop}. */
    public static ProviderEventListener listener(Runnable stop) {
        return event -> {
            if (event instanceof DrainBegins) {
                stop.run();
            }
        };
    }
}
