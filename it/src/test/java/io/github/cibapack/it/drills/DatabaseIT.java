// SPDX-License-Identifier: Apache-2.0
package io.github.cibapack.it.drills;

import io.github.cibapack.it.suite.OwnServer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keycloak's embedded caches are the store: the database holds users, sessions and events. */
@EnabledIfSystemProperty(
        named = "it.drills",
        matches = "true",
        disabledReason = "takes minutes and needs PostgreSQL's binaries: ./mvnw -Pdrills")
@OwnServer
class DatabaseIT extends DatabaseTests {

    @RegisterExtension
    static final ServerAndDatabase HERE = new ServerAndDatabase(DatabaseTests::prepare);

    DatabaseIT() {
        super(HERE);
    }
}
