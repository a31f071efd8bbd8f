// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With {@code --features=stateless} each look into the store is one into the database. */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes and needs PostgreSQL's binaries: ./mvnw -Pdrills")
@OwnServer
class DatabaseIsTheStoreIT extends DatabaseTests {

    @RegisterExtension
    static final ServerAndDatabase HERE =
            new ServerAndDatabase(DatabaseTests::prepare, "--features=stateless");

    DatabaseIsTheStoreIT() {
        super(HERE);
    }
}
