// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cibapack.store.StoreDependency;
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailSenderProvider;

class CibaChannelProviderFactoryTest {

    /** Keycloak closes factories in no order but this one, and its sender forgets how to send. */
    @Test
    void queueIsDrainedBeforeWhatItSendsWithIsClosed() {
        assertThat(new CibaChannelProviderFactory().dependsOn())
                .containsAll(StoreDependency.DEPENDENCY)
                .contains(EmailSenderProvider.class);
    }
}
