// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.it.server.HttpsServer;
import org.junit.jupiter.api.Test;

/** The unit tests' store in memory stands for Keycloak's own: both keep one contract. */
class SingleUseStoreIT {

    @Test
    void realStoreKeepsTheContractThatTheUnitTestsRelyOn() {
        assertThat(StoreContract.brokenOn(HttpsServer.shared())).isEmpty();
    }
}
