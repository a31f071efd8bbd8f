// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Each side has a store of its own while they are apart. */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes and needs PostgreSQL's binaries: ./mvnw -Pdrills")
@ResourceLock("ports of a cluster")
@OwnServer
class SplitCachesIT extends SplitTests {

    @RegisterExtension static final SplitNodes NODES = new SplitNodes(SplitTests::prepare);

    SplitCachesIT() {
        super(NODES, 2);
    }
}
