// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.cluster;

import io.github.cibapack.it.rp.Answer;
import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two nodes with {@code --features=stateless} over MariaDB, with {@code READ COMMITTED}. */
@EnabledIfSystemProperty(
        named = "it.mariadb",
        matches = "true",
        disabledReason = "needs Debian's mariadb-server: -Pcluster -Dit.mariadb=true")
@ResourceLock("ports of a cluster")
@OwnServer
class StatelessMariaDbIT extends TwoNodesTests {

    @RegisterExtension
    static final Cluster CLUSTER =
            new Cluster(ClusterDatabase::mariaDb, TwoNodesTests::prepare, "--features=stateless");

    StatelessMariaDbIT() {
        super(CLUSTER);
    }

    /** InnoDB locks gaps: of many starts at the same limit some are told to come again. */
    @Override
    public boolean isBusy(Answer answer) {
        return answer.status() == 503 && answer.header("Retry-After").equals("15");
    }
}
