// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two nodes with Keycloak's embedded caches: the store is Infinispan. */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "needs PostgreSQL's binaries: ./mvnw -Pcluster")
@ResourceLock("ports of a cluster")
@OwnServer
class EmbeddedCachesIT extends TwoNodesTests {

    @RegisterExtension static final Cluster CLUSTER = new Cluster(TwoNodesTests::prepare);

    EmbeddedCachesIT() {
        super(CLUSTER);
    }
}
