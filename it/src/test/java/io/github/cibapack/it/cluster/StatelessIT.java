// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes with {@code --features=stateless}: the store is the database. */
@EnabledIfSystemProperty(
        named = "it.cluster",
        matches = "true",
        disabledReason = "needs PostgreSQL's binaries: ./mvnw -Pcluster")
@OwnServer
class StatelessIT extends TwoNodesTests {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster(TwoNodesTests::prepare, "--features=stateless");

    StatelessIT() {
        super(CLUSTER);
    }
}
