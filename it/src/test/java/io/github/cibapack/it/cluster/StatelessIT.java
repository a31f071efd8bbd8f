// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two nodes with {@code --features=stateless}: the store is the database. */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "needs PostgreSQL's binaries: ./mvnw -Pcluster")
@ResourceLock("ports of a cluster")
@OwnServer
class StatelessIT extends TwoNodesTests {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster(TwoNodesTests::prepare, "--features=stateless");

    StatelessIT() {
        super(CLUSTER);
    }
}
